import type { Services } from '../services.ts'
import { send } from './enqueue.ts'
import * as jobs from './job.ts'

/** What a sweep did, in numbers of jobs. */
export type Swept = { sent: number; released: number; failed: number }

const second = 1000
/** A web tier that died between the row and the message has had this long. */
const unsentAfter = 5 * second
/** The counts of SQS lag by up to a minute (SQS Developer Guide), so an empty queue is believed only after two. */
const lostAfter = 120 * second
/** A message that nobody saw for so long is sent again even while the queue is not empty. */
const forgottenAfter = 3600 * second
const batch = 500

/**
 * Puts back on the queue what should be there and is not, and ends the attempts whose worker died.
 * Safe at any time and any number at once: a message too many finds its job taken or finished.
 */
export async function sweep(line: Services): Promise<Swept> {
  const { released, failed } = await releaseAbandoned(line)
  const sent = await sendStranded(line)
  return { sent, released, failed }
}

async function releaseAbandoned(line: Services) {
  const now = Date.now()
  const abandoned = await line
    .database<jobs.Job>('jobs')
    .where('state', 'running')
    .where('lease_until', '<', now)
    .limit(batch)
  let released = 0
  let failed = 0
  for (const job of abandoned) {
    if (job.attempts >= line.config.MAX_RECEIVES) failed += Number(await failAbandoned(line, job))
    else if (await jobs.retry(line.database, job, died))
      released += Number(!!(await send(line, job)))
  }
  return { released, failed }
}

const died = 'The worker died in the middle of the work, or lost the database.'

async function failAbandoned(line: Services, job: jobs.Job) {
  return await jobs.fail(line.database, job, `${died} It happened ${job.attempts} times.`)
}

async function sendStranded(line: Services) {
  const now = Date.now()
  const isEmpty = await isQueueEmpty(line)
  const stranded = await line
    .database<jobs.Job>('jobs')
    .whereIn('state', ['waiting', 'retrying'])
    .where('queued_at', '<', now - unsentAfter)
    .where(lost => {
      lost.whereNull('sqs_message_id')
      lost.orWhere('queued_at', '<', now - (isEmpty ? lostAfter : forgottenAfter))
    })
    .orderBy('id')
    .limit(batch)
  let sent = 0
  for (const job of stranded) if ((await send(line, job)) !== job) sent += 1
  return sent
}

async function isQueueEmpty(line: Services) {
  try {
    return (await line.queue.depth()) === 0
  } catch (error) {
    line.log.warn({ err: error }, 'depth of the queue unknown; allow sqs:GetQueueAttributes')
    return false
  }
}

/**
 * For a queue that has forgotten everything (the stand-in does at each start): sends every
 * unfinished job again, the ones in an attempt for when their lease has run out.
 */
export async function resendAll(line: Services): Promise<number> {
  const unfinished = await line
    .database<jobs.Job>('jobs')
    .whereIn('state', ['waiting', 'retrying', 'running'])
    .orderBy('id')
  for (const job of unfinished) {
    const dueAt = job.state === 'running' ? job.lease_until : job.run_at
    const delay = Math.ceil(((dueAt ?? 0) - Date.now()) / second)
    await send(line, job, Math.max(0, Math.min(900, delay)))
  }
  return unfinished.length
}
