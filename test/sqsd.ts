import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { TestContext } from 'node:test'
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type MessageAttributeValue,
  SendMessageCommand,
  SQSClient
} from '@aws-sdk/client-sqs'
import { startAws } from '../src/local/aws.ts'
import { startSqsd } from '../src/sqsd/daemon.ts'
import type { Settings } from '../src/sqsd/settings.ts'
import { eventually } from './engine.ts'

/** A POST that the worker got. */
export type Post = { path: string; headers: IncomingMessage['headers']; body: string; at: number }
/** What the worker does with its nth POST, from 1. */
export type Respond = (response: ServerResponse, post: Post, nth: number) => unknown

export type Daemon = Awaited<ReturnType<typeof openDaemon>>

/** Answers 200. */
export const ok: Respond = response => response.end('ignored')

export const text = (StringValue: string) => ({ DataType: 'String', StringValue })

const quick = { waitTimeSeconds: 1, visibilityTimeoutSeconds: 30, drainSeconds: 5 }

/** A queue, a worker that answers as told, and the daemon between them, all over HTTP. */
export async function openDaemon(t: TestContext, respond: Respond, given: Partial<Settings> = {}) {
  // Registered first, since what is opened after it must outlive it.
  const opened: { stop(): Promise<void> }[] = []
  t.after(() => opened[0]?.stop())
  const worker = await openTarget(t, respond)
  const queue = await openQueue(t)
  const lines: string[] = []
  const settings = { queueUrl: queue.queueUrl, httpUrl: worker.httpUrl, ...quick, ...given }
  const daemon = await startSqsd(settings, { sqs: queue.sqs, log: line => lines.push(line) })
  opened.push(daemon)
  return {
    ...queue,
    posts: worker.posts,
    lines,
    daemon,
    /** The first line of the log that fits, as soon as there is one. */
    logged: (pattern: RegExp) => eventually(() => lines.find(line => pattern.test(line)))
  }
}

/** The worker's side: an HTTP server that keeps what it is sent. */
export async function openTarget(t: TestContext, respond: Respond) {
  const posts: Post[] = []
  const server = createServer(async (request, response) => {
    const post = {
      path: request.url ?? '',
      headers: request.headers,
      body: await readBody(request),
      at: Date.now()
    }
    posts.push(post)
    respond(response, post, posts.length)
  })
  return { posts, httpUrl: await listen(t, server) }
}

/** The stand-in for SQS, behind a gate that notes every call and can refuse some. */
export async function openQueue(t: TestContext) {
  const aws = await startAws(0, 3)
  const gate = await openGate(t, aws.endpoint)
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const sqs = new SQSClient({
    region: aws.region,
    endpoint: gate.endpoint,
    credentials,
    useQueueUrlAsEndpoint: false
  })
  t.after(async () => {
    sqs.destroy()
    await aws.close()
  })
  const counts = async (QueueUrl = aws.queueUrl) => {
    const AttributeNames = ['All' as const]
    const found = await aws.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }))
    const visible = Number(found.Attributes?.['ApproximateNumberOfMessages'])
    const hidden = Number(found.Attributes?.['ApproximateNumberOfMessagesNotVisible'])
    return { visible, hidden }
  }
  const putTo = async (
    QueueUrl: string,
    MessageBody: string,
    MessageAttributes: Attributes = {}
  ) => {
    const message = { QueueUrl, MessageBody, MessageAttributes }
    return (await aws.sqs.send(new SendMessageCommand(message))).MessageId as string
  }
  return {
    ...aws,
    ...gate,
    /** The client that goes through the gate, for the daemon. */
    sqs,
    deadUrl: aws.queueUrl.replace(/beanline-jobs$/, 'beanline-jobs-dead'),
    putTo,
    /** A message of a group, for a FIFO queue. */
    async putGroup(QueueUrl: string, MessageGroupId: string, MessageBody: string) {
      const message = { QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId: MessageBody }
      await aws.sqs.send(new SendMessageCommand(message))
    },
    put: (body: string, attributes: Attributes = {}) => putTo(aws.queueUrl, body, attributes),
    async create(QueueName: string, Attributes: Record<string, string> = {}) {
      const made = await aws.sqs.send(new CreateQueueCommand({ QueueName, Attributes }))
      return made.QueueUrl as string
    },
    direct: aws.sqs,
    counts,
    async left(queueUrl?: string) {
      const { visible, hidden } = await counts(queueUrl)
      return visible + hidden
    }
  }
}

type Attributes = Record<string, MessageAttributeValue>
type Call = { action: string; input: Record<string, unknown> }
/** An error of SQS by its name, or the connection is cut. */
type Refusal = { status: number; name: string; message?: string } | 'cut'

/** Stands before SQS, since the stand-in itself refuses nothing that Amazon would. */
async function openGate(t: TestContext, endpoint: string) {
  const calls: Call[] = []
  const refusals: { action: string; refusal: Refusal }[] = []
  const server = createServer(async (request, response) => {
    const action = String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
    const body = await readBody(request)
    calls.push({ action, input: JSON.parse(body) })
    const next = refusals.findIndex(one => one.action === action)
    const [refused] = next < 0 ? [] : refusals.splice(next, 1)
    if (refused) return refuse(response, refused.refusal)
    await pass(request, body, endpoint, response).catch(() => response.destroy())
  })
  return {
    endpoint: await listen(t, server),
    calls: (action: string) => calls.filter(call => call.action === action),
    /** Refuses the next calls of an action. */
    refuse(action: string, refusal: Refusal, times = 1) {
      for (let n = 0; n < times; n += 1) refusals.push({ action, refusal })
    }
  }
}

function refuse(response: ServerResponse, refusal: Refusal) {
  if (refusal === 'cut') return response.destroy()
  const { status, name, message = name } = refusal
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
  response.end(JSON.stringify({ __type: `com.amazonaws.sqs#${name}`, message }))
}

async function pass(
  request: IncomingMessage,
  body: string,
  endpoint: string,
  response: ServerResponse
) {
  const names = ['x-amz-target', 'content-type', 'authorization', 'x-amz-date'] as const
  const headers = Object.fromEntries(names.map(name => [name, String(request.headers[name])]))
  const answer = await fetch(`${endpoint}${request.url}`, { method: 'POST', headers, body })
  response.writeHead(answer.status, {
    'content-type': answer.headers.get('content-type') ?? 'application/x-amz-json-1.0'
  })
  response.end(await answer.text())
}

async function readBody(request: IncomingMessage) {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** Listens on a free port until the end of the test; gives the URL. */
export async function listen(t: TestContext, server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`
}
