import { setTimeout as wait } from 'node:timers/promises'
import { type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { type Daemon, deliver } from './deliver.ts'
import type { Health } from './health.ts'
import { lostMilliseconds, within } from './limit.ts'

/** The most messages that one receive brings. */
const mostMessages = 10
/** While messages come in. On an idle queue, one poll waits for the next message. */
const mostPolls = 4
/** For that a message waits no longer than this. */
const gatherMilliseconds = 5
const firstPause = 500
const longestPause = 10_000

/**
 * Receives messages while there are free slots, never more than can be posted at once, so that no
 * message uses up its visibility by waiting here. After `stop` nothing is received any more: what the
 * last receives bring is given back, and the POSTs under way may finish.
 */
export function startPolling(daemon: Daemon, sqs: SQSClient, health: Health) {
  const { settings, worker, acknowledge, log } = daemon
  const polls = new Set<Promise<void>>()
  const posts = new Set<Promise<void>>()
  const stopping = new AbortController()
  const batch = Math.min(mostMessages, settings.httpConnections)
  let reserved = 0
  let isBusy = false
  let pause = firstPause
  let isResting = false
  let gathering: NodeJS.Timeout | undefined

  /** A call to SQS costs as much for one message as for ten, so slots are gathered before the next. */
  function fill() {
    if (stopping.signal.aborted || isResting) return
    while (free() >= batch && polls.size < (isBusy ? mostPolls : 1)) track(polls, poll(batch))
    if (free() > 0 && polls.size === 0) gathering ??= setTimeout(pollForRest, gatherMilliseconds)
  }

  function pollForRest() {
    gathering = undefined
    const slots = Math.min(free(), batch)
    const isFree = !stopping.signal.aborted && !isResting && polls.size === 0
    if (isFree && slots > 0) track(polls, poll(slots))
  }

  function free() {
    return settings.httpConnections - posts.size - reserved
  }

  function track(set: Set<Promise<void>>, work: Promise<void>) {
    const tracked = work.finally(() => {
      set.delete(tracked)
      fill()
    })
    set.add(tracked)
  }

  async function poll(slots: number) {
    reserved += slots
    try {
      const messages = await receive(slots)
      health.polled()
      isBusy = messages.length > 0
      pause = firstPause
      if (stopping.signal.aborted) await giveBack(messages)
      else for (const message of messages) track(posts, deliver(daemon, message))
    } catch (error) {
      health.failed(error)
      rest(error)
    } finally {
      reserved -= slots
    }
  }

  async function receive(slots: number): Promise<Message[]> {
    const { queueUrl, visibilityTimeoutSeconds, waitTimeSeconds } = settings
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: slots,
      WaitTimeSeconds: waitTimeSeconds,
      VisibilityTimeout: visibilityTimeoutSeconds,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: [
        'ApproximateReceiveCount',
        'ApproximateFirstReceiveTimestamp',
        'SentTimestamp',
        'SenderId'
      ]
    })
    const longest = waitTimeSeconds * 1000 + lostMilliseconds
    const { Messages = [] } = await within(longest, options => sqs.send(command, options))
    return Messages
  }

  /** One for all polls: when SQS is down, they fail together. */
  async function rest(error: unknown) {
    if (isResting || stopping.signal.aborted) return
    isResting = true
    isBusy = false
    log('pollers', `${error}; next try in ${pause} ms`)
    const milliseconds = pause
    pause = Math.min(pause * 2, longestPause)
    await wait(milliseconds, undefined, stopping).catch(() => {})
    isResting = false
    fill()
  }

  async function giveBack(messages: Message[]) {
    await Promise.all(messages.map(message => acknowledge.release(message, 0)))
  }

  async function drain() {
    await Promise.all(polls)
    await Promise.all(posts)
  }

  fill()
  return {
    /**
     * Ends when all POSTs have; those that outlast `drainSeconds` are cut off. A receive is always
     * waited for: SQS would give its messages to the dead connection.
     */
    async stop() {
      stopping.abort()
      clearTimeout(gathering)
      log('drain', `waiting for the last receive, and for POSTs: ${posts.size}`)
      const drained = drain()
      const limit = new AbortController()
      const late = wait(settings.drainSeconds * 1000, undefined, limit).catch(() => {})
      await Promise.race([drained.then(() => limit.abort()), late])
      if (posts.size > 0) log('drain', `${posts.size} messages cut off, they will come again`)
      await worker.close()
      await drained
    }
  }
}
