import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A message as SQS keeps it. */
export type Message = {
  id: string
  body: string
  /** Not received before, in milliseconds since 1970. */
  visibleAt: number
  receives: number
}

export type Sqs = Awaited<ReturnType<typeof startSqs>>

type Request = {
  QueueUrl: string
  MessageBody: string
  DelaySeconds?: number
  Entries: { Id: string; MessageBody: string; DelaySeconds?: number }[]
  MaxNumberOfMessages?: number
  VisibilityTimeout?: number
  ReceiptHandle: string
}

const md5 = (body: string) => createHash('md5').update(body).digest('hex')

/**
 * A stand-in for SQS that speaks its protocol over HTTP, with two queues that lie open: whoever holds it
 * decides what is delivered, twice or never. Its clock is `Date`.
 */
export async function startSqs() {
  const [queue, dead]: [Message[], Message[]] = [[], []]
  const everSent = new Map<string, string>()
  const order = { refuseEntry: false }

  function send(body: string, delaySeconds = 0) {
    const message = {
      id: randomUUID(),
      body,
      visibleAt: Date.now() + delaySeconds * 1000,
      receives: 0
    }
    queue.push(message)
    everSent.set(message.id, body)
    return { MessageId: message.id, MD5OfMessageBody: md5(body) }
  }

  function sendBatch({ Entries }: Request) {
    const refused = order.refuseEntry ? Entries.slice(0, 1) : []
    order.refuseEntry = false
    const Successful = Entries.slice(refused.length).map(({ Id, MessageBody, DelaySeconds }) => ({
      Id,
      ...send(MessageBody, DelaySeconds)
    }))
    return { Successful, Failed: refused.map(({ Id }) => ({ Id, Code: 'InternalError' })) }
  }

  function count() {
    const now = Date.now()
    const hidden = queue.filter(({ visibleAt }) => visibleAt > now)
    const delayed = hidden.filter(({ receives }) => receives === 0).length
    return {
      ApproximateNumberOfMessages: String(queue.length - hidden.length),
      ApproximateNumberOfMessagesNotVisible: String(hidden.length - delayed),
      ApproximateNumberOfMessagesDelayed: String(delayed)
    }
  }

  function receiveDead({ MaxNumberOfMessages = 1, VisibilityTimeout = 30 }: Request) {
    const now = Date.now()
    const some = dead.filter(({ visibleAt }) => visibleAt <= now).slice(0, MaxNumberOfMessages)
    const Messages = some.map(message => {
      message.visibleAt = now + VisibilityTimeout * 1000
      const Attributes = { ApproximateReceiveCount: String(message.receives) }
      const { id, body } = message
      return { MessageId: id, ReceiptHandle: id, Body: body, MD5OfBody: md5(body), Attributes }
    })
    return { Messages }
  }

  const actions: Record<string, (request: Request) => object> = {
    SendMessage: ({ MessageBody, DelaySeconds }) => send(MessageBody, DelaySeconds),
    SendMessageBatch: sendBatch,
    GetQueueAttributes: () => ({ Attributes: count() }),
    ReceiveMessage: receiveDead,
    DeleteMessage: ({ ReceiptHandle }) => {
      remove(dead, ReceiptHandle)
      return {}
    }
  }

  const server = createServer(async (request, response) => {
    const action = String(request.headers['x-amz-target']).replace('AmazonSQS.', '')
    const answer = actions[action]?.(JSON.parse(await text(request)))
    response.writeHead(answer ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' })
    response.end(JSON.stringify(answer ?? { __type: 'InvalidAction' }))
  })
  // A connection that is closed for its idleness could take a request with it.
  server.keepAliveTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    endpoint,
    queueUrl: `${endpoint}/000000000000/jobs`,
    deadLetterQueueUrl: `${endpoint}/000000000000/jobs-dead`,
    queue,
    dead,
    everSent,
    order,
    clear() {
      queue.length = 0
      dead.length = 0
      everSent.clear()
      order.refuseEntry = false
    },
    close() {
      server.closeAllConnections()
      server.close()
    }
  }
}

/** Takes a message off a queue, if it is still there. */
export function remove(from: Message[], id: string) {
  const index = from.findIndex(message => message.id === id)
  if (index >= 0) from.splice(index, 1)
}
