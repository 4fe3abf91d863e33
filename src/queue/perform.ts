import type { Services } from '../services.ts'
import type { StoredFile } from '../storage.ts'
import { once } from './effect.ts'
import { send } from './enqueue.ts'
import * as jobs from './job.ts'
import type { Kind, Result, Tools } from './kind.ts'
import { keepLease, type Lease } from './lease.ts'
import { GiveUp, type Outcome, RetryLater } from './outcome.ts'
import { longestDelaySeconds } from './sqs.ts'

/** One delivery of a message: which job it carries, and how often SQS has delivered it, from 1. */
export type Delivery = { job: number; receiveCount: number; messageId?: string }

export type Line = Services & { kinds: Kind[] }

type Attempt = {
  line: Line
  job: jobs.Job
  delivery: Delivery
  startedAt: number
  /** What the work has stored so far: the person gets it even if the mail about it is refused. */
  file?: StoredFile
}
type Ending = { result: Result } | { error: Error }

/**
 * Performs the job that a message carries: claim → run → finish, retry later, give up, retry or
 * fail. Work returns or throws; what becomes of the job is decided here and only here.
 * Rejects only when the database can't be reached.
 */
export async function perform(
  line: Line,
  delivery: Delivery,
  stopping?: AbortSignal
): Promise<Outcome> {
  const attempt = await claim(line, delivery)
  if (typeof attempt === 'string') return attempt
  const ending = await run(attempt, stopping)
  const outcome = await settle(attempt, ending, stopping)
  return report(attempt, ending, outcome)
}

async function claim(line: Line, delivery: Delivery): Promise<Attempt | Outcome> {
  const job = await jobs.find(line.database, delivery.job)
  if (!job) return 'unknown'
  if (over.includes(job.state)) return 'duplicate'
  const isDue = (job.run_at ?? 0) <= Date.now()
  // A job that has killed its worker so often is left to the sweep, which fails it.
  const isDeadly = job.state === 'running' && job.attempts >= line.config.MAX_RECEIVES
  const claimed = isDue && !isDeadly && (await jobs.claim(line.database, job, delivery.messageId))
  if (!claimed) return 'busy'
  const { id, kind, attempts } = claimed
  line.log.info({ job: id, kind, attempt: attempts }, 'job started')
  return { line, job: claimed, delivery, startedAt: performance.now() }
}

/** Nothing is left to do for these; a message of theirs is a duplicate. */
const over: jobs.State[] = ['finished', 'cancelled', 'discarded']

async function run(attempt: Attempt, stopping?: AbortSignal): Promise<Ending> {
  const { line, job } = attempt
  const lease = keepLease(line, job, stopping)
  try {
    const kind = line.kinds.find(({ name }) => name === job.kind)
    if (!kind) throw new Error(`This worker knows no kind "${job.kind}"; deploy the worker first.`)
    const work = kind.perform(JSON.parse(job.payload) as never, tools(attempt, lease))
    return { result: await Promise.race([work, lease.overstayed]) }
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  } finally {
    lease.stop()
  }
}

function tools(attempt: Attempt, lease: Lease): Tools {
  const { line, job } = attempt
  const { id, kind, attempts, email, language, token, waiting_at } = job
  return {
    storage: {
      async put(...given) {
        attempt.file = await line.storage.put(...given)
        return attempt.file
      }
    },
    mail: {
      send: mail => once(line.database, job, 'mail', () => line.mail.send(mail), lease.signal)
    },
    log: line.log.child({ job: id, kind, attempt: attempts }),
    job: {
      id,
      kind,
      attempt: attempts,
      createdAt: new Date(waiting_at),
      email,
      language,
      url: new URL(`/jobs/${token}`, line.config.PUBLIC_URL).href,
      signal: lease.signal,
      progress: lease.progress
    }
  }
}

async function settle(attempt: Attempt, ending: Ending, stopping?: AbortSignal): Promise<Outcome> {
  const { line, job } = attempt
  if ('result' in ending)
    return recorded('finished', await jobs.finish(line.database, job, ending.result))
  const { error } = ending
  if (error instanceof RetryLater) return await retryLater(attempt, error)
  if (error instanceof GiveUp) return recorded('gave up', await fail(attempt, error))
  if (stopping?.aborted) return await interrupted(attempt, error)
  if (isLast(attempt)) return recorded('failed', await fail(attempt, error))
  return recorded('retry', await jobs.retry(line.database, job, describe(error)))
}

async function fail({ line, job, file }: Attempt, error: Error) {
  return await jobs.fail(line.database, job, describe(error), file)
}

/** A stale attempt changes nothing; its message comes again and finds what the other one did. */
function recorded(outcome: Outcome, isMine: boolean): Outcome {
  return isMine ? outcome : 'busy'
}

/** A new message comes when it is time; beyond the longest delay of SQS the sweep sends it. */
async function retryLater({ line, job }: Attempt, error: RetryLater): Promise<Outcome> {
  const runAt = Date.now() + error.seconds * 1000
  const isMine = await jobs.postpone(line.database, job, describe(error), runAt)
  if (isMine && error.seconds <= longestDelaySeconds) await send(line, job, error.seconds)
  return recorded('retry later', isMine)
}

/** Not counted, and left to the sweep: sqsd may be gone, and its message with it for a long while. */
async function interrupted({ line, job }: Attempt, error: Error): Promise<Outcome> {
  return recorded('retry', await jobs.postpone(line.database, job, describe(error), Date.now()))
}

/** The attempt after which SQS moves the message to the dead-letter queue. */
function isLast({ line, job, delivery }: Attempt) {
  const { MAX_RECEIVES } = line.config
  return delivery.receiveCount >= MAX_RECEIVES || job.attempts >= MAX_RECEIVES
}

/** What the operator reads: the message, and where it came from. */
function describe(error: Error) {
  const [first = '', ...rest] = (error.stack ?? '').split('\n')
  const frames = rest.filter(line => /^\s+at /.test(line)).slice(0, 3)
  return [error.message || first, ...frames].join('\n').slice(0, 4000)
}

function report({ line, job, startedAt }: Attempt, ending: Ending, outcome: Outcome) {
  const ms = Math.round(performance.now() - startedAt)
  const facts = { job: job.id, kind: job.kind, attempt: job.attempts, ms, outcome }
  if (outcome === 'finished') line.log.info(facts, 'job finished')
  else
    line.log.warn({ ...facts, ...('error' in ending ? { err: ending.error } : {}) }, 'job failed')
  return outcome
}
