import { now } from './clock.ts'
import { expire, isLate } from './deadline.ts'
import { type Parcel, sendBatch } from './enqueue.ts'
import * as jobs from './job.ts'
import * as messages from './message.ts'
import type { Line } from './perform.ts'
import { isLong } from './room.ts'
import { countRuns } from './run.ts'
import { batchSize, longestDelaySeconds } from './sqs.ts'
import type { State } from './state.ts'

/** What a sweep did, in numbers of jobs. */
export type Swept = { sent: number; released: number; failed: number }

const second = 1000
/** A web tier that died between the row and the message has had this long. */
const unsentAfter = 5 * second
/** The counts of SQS lag by up to a minute (SQS Developer Guide), so they are believed only after two. */
const lostAfter = 120 * second
/** A message that nobody saw for so long is sent again whatever else is on the queue. */
const forgottenAfter = 3600 * second
const most = 500

/**
 * Puts back on the queue what should be there and is not, ends the attempts whose worker died, and fails what it would
 * have sent too late.
 * Safe at any time and any number at once: a message too many finds its job taken or finished.
 */
export async function sweep(line: Line): Promise<Swept> {
  const { released, failed } = await endAbandoned(line)
  await sendAll(line, released.map(atOnce))
  const stranded = await findStranded(line)
  const { late = [], due = [] } = Object.groupBy(stranded, one =>
    isLate(line, one) ? 'late' : 'due'
  )
  const expired = await expireAll(line, late)
  const sent = await sendAll(line, due.map(atOnce), few => take(line, few))
  return { sent, released: released.length, failed: failed + expired }
}

async function expireAll(line: Line, late: jobs.Job[]) {
  let count = 0
  for (const job of late) count += Number(await expire(line, job))
  return count
}

async function endAbandoned(line: Line) {
  const abandoned = await line
    .database<jobs.Job>('jobs')
    .where('state', 'running')
    .where('lease_until', '<', now(line.database))
    .limit(most)
  const released: jobs.Job[] = []
  let failed = 0
  for (const job of abandoned) {
    const end = await endOne(line, job)
    if (end === 'released') released.push(job)
    if (end === 'failed') failed += 1
  }
  return { released, failed }
}

/** Its third dead worker fails a job, and so does its deadline. Nothing if somebody was quicker. */
async function endOne(line: Line, job: jobs.Job): Promise<'failed' | 'released' | undefined> {
  const isLast = job.deaths + 1 >= jobs.mostDeaths
  if (!isLast && isLate(line, job)) return (await expire(line, job, died)) ? 'failed' : undefined
  const [to, error] = isLast ? (['failed', last] as const) : (['retrying', died] as const)
  if (!(await jobs.abandon(line.database, job, to, error))) return undefined
  const { id, kind, attempts: attempt, claimed_by: worker } = job
  const facts = { job: id, kind, attempt, worker }
  if (isLast) line.announcer?.announce(job)
  if (isLast)
    line.log.error(facts, `job failed; ${jobs.mostDeaths} workers died or lost the database`)
  else line.log.warn(facts, 'job released; its worker died or lost the database')
  return isLast ? 'failed' : 'released'
}

const died = 'The worker died in the middle of the work, or lost the database.'
const last = `${died} It happened ${jobs.mostDeaths} times, so it is not tried again.`

/** The longest waiting first, of each state by itself: so both are read in the order of the index. */
async function findStranded(line: Line): Promise<jobs.Job[]> {
  const time = now(line.database)
  const isLost = await isQueueBare(line)
  const stranded = (state: State) =>
    line
      .database<jobs.Job>('jobs')
      .where({ state })
      .where('queued_at', '<', time - unsentAfter)
      .where(due => due.whereNull('run_at').orWhere('run_at', '<=', time))
      .where(lost => {
        lost.whereNull('sqs_message_id')
        lost.orWhere('queued_at', '<', time - (isLost ? lostAfter : forgottenAfter))
      })
      .orderBy('queued_at')
      .limit(most)
  return [...(await stranded('waiting')), ...(await stranded('retrying'))].slice(0, most)
}

/**
 * Whether no message of a job that is due is on the queue. What else is there can be counted: one
 * message in flight for each attempt but those of long jobs, one for each tick that is run, this sweep's with
 * it, and one delayed for each job that waits for its time. If there are more, some may belong to the jobs
 * that seem to be lost.
 */
async function isQueueBare(line: Line) {
  const { queue, log } = line
  try {
    const { visible, inFlight, delayed } = await queue.counts()
    if (visible > 0) return false
    const { running, later } = await countElsewhere(line)
    const ticks = Math.max(1, await countRuns(line.database))
    return inFlight <= running + ticks && delayed <= later
  } catch (error) {
    log.warn({ err: error }, 'depth of the queue unknown; allow sqs:GetQueueAttributes')
    return false
  }
}

async function countElsewhere({ database, kinds }: Line) {
  const rows: { state: State; kind: string; count: number }[] = await database('jobs')
    .select('state', 'kind')
    .count('* as count')
    .where('state', 'running')
    .orWhere(row =>
      row.whereIn('state', ['waiting', 'retrying']).where('run_at', '>', now(database))
    )
    .groupBy('state', 'kind')
  const sum = (some: typeof rows) => some.reduce((total, { count }) => total + Number(count), 0)
  const running = rows.filter(row => row.state === 'running')
  return {
    running: sum(running.filter(row => !isLong(kinds, row))),
    later: sum(rows.filter(row => row.state !== 'running'))
  }
}

/**
 * For a queue that has forgotten everything (the stand-in does at each start): sends every
 * unfinished job again, the ones in an attempt for when their lease has run out. What is due beyond
 * the longest delay of SQS is left to the sweep. Gives how many were sent.
 */
export async function resendAll(line: Line): Promise<number> {
  const unfinished = await line
    .database<jobs.Job>('jobs')
    .whereIn('state', ['waiting', 'retrying', 'running'])
    .orderBy('id')
  const parcels = unfinished.map(job => whenDue(job, now(line.database)))
  return await sendAll(
    line,
    parcels.filter(({ delaySeconds }) => delaySeconds <= longestDelaySeconds)
  )
}

function atOnce(job: jobs.Job): Parcel {
  return { job, delaySeconds: 0 }
}

function whenDue(job: jobs.Job, time: number): Parcel {
  const dueAt = job.state === 'running' ? job.lease_until : job.run_at
  return { job, delaySeconds: Math.max(0, Math.ceil(((dueAt ?? 0) - time) / second)) }
}

/** In batches, until SQS takes nothing of one: the next sweep goes on. `pick` may leave some out. */
async function sendAll(
  line: Line,
  parcels: Parcel[],
  pick = async (few: Parcel[]) => few
): Promise<number> {
  let sent = 0
  for (let start = 0; start < parcels.length; start += batchSize) {
    const few = await pick(parcels.slice(start, start + batchSize))
    const count = few.length > 0 ? await sendBatch(line, few) : 0
    sent += count
    if (few.length > 0 && count === 0) break
  }
  return sent
}

/** Those that no other sweep is about to send. */
async function take({ database }: Line, parcels: Parcel[]) {
  const taken = await Promise.all(parcels.map(({ job }) => messages.take(database, job)))
  return parcels.filter((_, index) => taken[index])
}
