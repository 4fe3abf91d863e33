import * as count from '../metrics/count.ts'
import type { Services } from '../services.ts'
import type { StoredFile } from '../storage.ts'
import * as trace from '../trace.ts'
import { now } from './clock.ts'
import { deadlineOf, expire, isLate, isTooLate } from './deadline.ts'
import { send } from './enqueue.ts'
import * as jobs from './job.ts'
import type { Kind, Result } from './kind.ts'
import { keepLease, type Lease } from './lease.ts'
import { type Ledger, openLedger } from './ledger.ts'
import * as messages from './message.ts'
import type { Outcome } from './outcome.ts'
import type { Periodic } from './periodic.ts'
import type { Renewer } from './renewer.ts'
import { isLong, type Room } from './room.ts'
import { settle } from './settle.ts'
import * as spans from './span.ts'
import type { State } from './state.ts'
import { tools } from './tools.ts'

/** One delivery of a message: which job it carries, and how often SQS has delivered it, from 1. */
export type Delivery = { job: number; receiveCount: number; messageId?: string }

/** Tells others that a job has finished or failed. */
export type Announcer = {
  /** Not waited for. */
  announce(job: Pick<jobs.Job, 'id' | 'kind'>): void
  /** Of those that ended lately, tells of all that were not told of; gives how many. */
  catchUp(): Promise<number>
}

/** `schedule`: the periodic tasks, where they are known. */
export type Line = Services & { kinds: Kind[]; schedule?: Periodic[]; announcer?: Announcer }

/** The process that performs: when it is asked to stop, its room for long jobs, what renews its leases. */
export type Place = { stopping?: AbortSignal; room?: Room; renewer?: Renewer }

export type Attempt = {
  line: Line
  job: jobs.Job
  kind: Kind | undefined
  delivery: Delivery
  /** A long job's message is deleted while the work goes on, so it can't come again. */
  isAcknowledged: boolean
  startedAt: number
  /** Whether an effect was done again though it may have happened before. */
  isDoubtful?: boolean
  /** What the work has stored so far: the person gets it even if the mail about it is refused. */
  files: StoredFile[]
}
export type Ending = { result: Result } | { error: Error }

/**
 * Performs the job that a message carries: claim → run → settle → report. Work returns or throws;
 * what becomes of the job is decided in settle.ts and only there. A long job is only begun: the rest
 * goes on in its place in the room. Rejects only when the database can't be reached.
 */
export async function perform(line: Line, delivery: Delivery, place: Place = {}): Promise<Outcome> {
  const job = await jobs.find(line.database, delivery.job)
  if (!job) return 'unknown'
  if (over.includes(job.state) || isTooLate(job)) return 'duplicate'
  const room = isLong(line.kinds, job) ? place.room : undefined
  const time = now(line.database)
  if (room && isInHand(line, job, time)) return 'duplicate'
  if (!isReady(line, job, time)) return 'busy'
  if (isLate(line, job, time)) return (await expire(line, job)) ? 'overdue' : 'busy'
  if (room) return await begin(line, job, delivery, { ...place, room })
  const attempt = await claim(line, job, delivery)
  return attempt ? await carryOut(attempt, place) : 'busy'
}

/** The outcomes that are the end of a job. */
const ends: Outcome[] = ['finished', 'gave up', 'overdue', 'failed']

/** Nothing is left to do for these; a message of theirs is a duplicate. */
const over: State[] = ['finished', 'cancelled', 'discarded']

/** It is due, has not failed, and the sweep will not fail it. */
function isReady(line: Line, job: jobs.Job, time: number) {
  return job.state !== 'failed' && !isDoomed(line, job, time) && (job.run_at ?? 0) <= time
}

/** If its worker has died, the sweep fails it: it has killed too many, or it is too late for another attempt. */
function isDoomed(line: Line, job: jobs.Job, time: number) {
  const isDeadly = job.deaths + 1 >= jobs.mostDeaths
  return job.state === 'running' && (isDeadly || isLate(line, job, time))
}

/** A long job that runs needs no message: its attempt ends it, or the sweep does. */
function isInHand(line: Line, job: jobs.Job, time: number) {
  const isHeld = (job.lease_until ?? 0) > time
  return job.state === 'running' && (isHeld || isDoomed(line, job, time))
}

/**
 * Claims a long job, so that the message may go, and carries it out beside the answer to sqsd. The
 * place is taken first: a job that has been claimed must not wait.
 */
async function begin(
  line: Line,
  job: jobs.Job,
  delivery: Delivery,
  place: Place & { room: Room }
): Promise<Outcome> {
  const leave = place.room.enter()
  if (!leave) return await putOff(line, job)
  const attempt = await claim(line, job, delivery, true).catch(error => {
    leave()
    throw error
  })
  if (attempt) {
    const lost = (err: Error) => line.log.error({ err, job: job.id }, 'end of a job not recorded')
    void line.underway.add(carryOut(attempt, place).catch(lost).finally(leave))
    return 'begun'
  }
  leave()
  return 'duplicate'
}

/** After how long a long job asks again for a place, on this worker or another. */
const fullSeconds = 60

/**
 * A new message instead of this one, whose receives would be used up by waiting. One that runs gets
 * its message from the sweep, and one that has changed meanwhile from whoever changed it.
 */
async function putOff(line: Line, job: jobs.Job): Promise<Outcome> {
  const isWaiting = job.state === 'waiting' || job.state === 'retrying'
  const runAt = now(line.database) + fullSeconds * 1000
  if (!isWaiting || !(await messages.putOff(line.database, job, runAt))) return 'duplicate'
  line.log.info({ job: job.id, kind: job.kind }, 'job put off; all places for long jobs are taken')
  await send(line, job, fullSeconds)
  return 'full'
}

async function claim(
  line: Line,
  job: jobs.Job,
  delivery: Delivery,
  isAcknowledged = false
): Promise<Attempt | undefined> {
  const { messageId, receiveCount } = delivery
  const claimed = await jobs.claim(line.database, job, messageId, receiveCount)
  if (!claimed) return undefined
  const { id, attempts } = claimed
  if (job.state === 'running') {
    const before = { job: id, kind: job.kind, attempt: job.attempts, worker: job.claimed_by }
    line.log.warn(before, 'job taken over; its worker died or lost the database')
  }
  const kind = line.kinds.find(({ name }) => name === claimed.kind)
  line.log.info({ job: id, kind: claimed.kind, attempt: attempts }, 'job started')
  const startedAt = performance.now()
  return { line, job: claimed, kind, delivery, isAcknowledged, startedAt, files: [] }
}

function carryOut(attempt: Attempt, place: Place): Promise<Outcome> {
  return spans.attempting(attempt.job, () => workOn(attempt, place))
}

async function workOn(attempt: Attempt, { stopping, renewer }: Place): Promise<Outcome> {
  const { line, job, kind } = attempt
  const { attemptSeconds } = kind ?? {}
  const deadline = deadlineOf(line, job)
  const lease = keepLease(line, job, { stopping, attemptSeconds, deadline, renewer })
  try {
    const ledger = openLedger(line.database, job, lease.signal)
    const ending = await run(attempt, lease, ledger)
    const outcome = await settle(attempt, ending, { lease, ledger, stopping })
    if (ends.includes(outcome)) line.announcer?.announce(job)
    return report(attempt, ending, outcome)
  } finally {
    lease.stop()
  }
}

async function run(attempt: Attempt, lease: Lease, ledger: Ledger): Promise<Ending> {
  const { job, kind } = attempt
  try {
    if (!kind) throw new Error(`This worker knows no kind "${job.kind}"; deploy the worker first.`)
    const work = kind.perform(JSON.parse(job.payload) as never, tools(attempt, lease, ledger))
    return { result: await Promise.race([work, lease.overstayed]) }
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }
}

function report({ line, job, startedAt }: Attempt, ending: Ending, outcome: Outcome) {
  const ms = Math.round(performance.now() - startedAt)
  const facts = { job: job.id, kind: job.kind, attempt: job.attempts, ms, outcome }
  const error = 'error' in ending ? ending.error : undefined
  trace.note({ 'beanline.outcome': outcome, ...(error && { 'error.type': error.name }) })
  count.attempt({ kind: job.kind, outcome, seconds: ms / 1000 })
  if (outcome === 'finished') line.log.info(facts, 'job finished')
  else if (outcome === 'handed back')
    line.log.info({ ...facts, cause: error?.message }, 'job handed back; the worker stops')
  else line.log.warn({ ...facts, ...(error && { err: error }) }, 'job failed')
  return outcome
}
