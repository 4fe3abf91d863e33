import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
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
import { listen, openGate, readBody } from './sqsd-gate.ts'

/** A POST that the worker got, `at` so many milliseconds of `performance.now()`. */
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
      at: performance.now()
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
