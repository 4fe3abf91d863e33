import { type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { type Daemon, deliver } from './deliver.ts'

/** The most messages that one receive brings. */
const batch = 10
const firstPause = 500
const longestPause = 10_000

/**
 * Receives messages while there are free slots, never more than can be posted at once, so that no
 * message uses up its visibility by waiting here. After `stop` nothing is received any more: what the
 * last receive brings is given back, and the POSTs under way may finish.
 */
export function startPolling(daemon: Daemon, sqs: SQSClient) {
  const { settings, acknowledge, log } = daemon
  const posts = new Set<Promise<void>>()
  const stopping = new AbortController()
  let freed = () => {}

  function begin(message: Message) {
    const post = deliver(daemon, message).finally(() => {
      posts.delete(post)
      freed()
    })
    posts.add(post)
  }

  async function poll() {
    let pause = firstPause
    while (!stopping.signal.aborted) {
      const slots = settings.httpConnections - posts.size
      if (slots === 0) {
        await new Promise<void>(resolve => {
          freed = resolve
        })
        continue
      }
      try {
        const messages = await receive(slots)
        if (stopping.signal.aborted) await giveBack(messages)
        else messages.forEach(begin)
        pause = firstPause
      } catch (error) {
        log('pollers', `${error}; next try in ${pause} ms`)
        await wait(pause, stopping.signal)
        pause = Math.min(pause * 2, longestPause)
      }
    }
  }

  async function receive(slots: number): Promise<Message[]> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: settings.queueUrl,
        MaxNumberOfMessages: Math.min(slots, batch),
        WaitTimeSeconds: settings.waitTimeSeconds,
        VisibilityTimeout: settings.visibilityTimeoutSeconds,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All']
      })
    )
    return Messages
  }

  async function giveBack(messages: Message[]) {
    await Promise.all(messages.map(message => acknowledge.release(message, 0)))
  }

  const polling = poll()
  return {
    /** Ends when all POSTs have, or after `drainSeconds`. */
    async stop() {
      stopping.abort()
      freed()
      await polling
      const limit = new AbortController()
      const drained = Promise.all(posts).then(() => limit.abort())
      await Promise.race([drained, wait(settings.drainSeconds * 1000, limit.signal)])
      if (posts.size > 0) log('drain', `${posts.size} messages cut off, they will come again`)
    }
  }
}

/** Waits, but not beyond the signal. */
async function wait(milliseconds: number, signal: AbortSignal) {
  await new Promise<void>(resolve => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
