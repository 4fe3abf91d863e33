import type { Knex } from 'knex'
import type { Database } from '../database.ts'
import type { Language } from '../language.ts'
import type { StoredFile } from '../storage.ts'
import { change, isLeft, rowOf } from './change.ts'
import { claimant } from './claimant.ts'
import { now } from './clock.ts'
import { columnsOf } from './file.ts'
import type { Result } from './kind.ts'
import { unsent } from './message.ts'
import type { SearchKeys } from './search-key.ts'
import type { State } from './state.ts'
import { repeated } from './statement.ts'

/** One row of `jobs`. Times are milliseconds since 1970. */
export type Job = SearchKeys & {
  id: number
  token: string
  kind: string
  state: State
  payload: string
  email: string
  language: Language
  idempotency_key: string | null
  payload_hash: string
  sqs_message_id: string | null
  attempts: number
  /** How many attempts ended because their worker died. */
  deaths: number
  fencing_token: number
  /** Which process the last attempt ran in, and which of its claims it was. */
  claimed_by: string | null
  lease_until: number | null
  run_at: number | null
  progress: number
  error: string | null
  warnings: string | null
  file_key: string | null
  file_name: string | null
  file_bytes: number | null
  /** Files beside it, as JSON. */
  more_files: string | null
  file_sha256: string | null
  /** What was received for its effects, as JSON by the name of the step; the ledger has the rest. */
  receipts: string | null
  /** What has become of it step by step, as `timeline.ts` reads it; as it was when the row was read. */
  timeline: string | null
  waiting_at: number
  queued_at: number
  /** When its message was found in the dead-letter queue. */
  dead_lettered_at: number | null
  /** When the operator last sent it back, after it had failed. */
  retried_at: number | null
  started_at: number | null
  finished_at: number | null
  /** When the person closed the link to its files. */
  revoked_at: number | null
}

/** How long a claim holds unless it is renewed. */
export const leaseSeconds = 30
/** A job that has killed so many workers is not tried again: its payload may be what kills them. */
export const mostDeaths = 3
/** How long sqsd waits for the work of one attempt; the times in `.ebextensions` are longer. */
export const attemptSeconds = 600

export async function find(database: Database, id: number): Promise<Job | undefined> {
  return await repeated(() => database<Job>('jobs').where({ id }).first())
}

export async function findByToken(database: Database, token: string): Promise<Job | undefined> {
  const job = await repeated(() => database<Job>('jobs').where({ token }).first())
  // MySQL finds "abc" for "abc " as well: its collations ignore spaces at the end (PAD SPACE).
  return job?.token === token ? job : undefined
}

/**
 * Begins an attempt if the job waits for one: takes the lease and the next fencing token. Only from the state
 * that was read, for what is counted depends on it: the attempt before may have ended since.
 */
export async function claim(
  database: Database,
  job: Job,
  messageId: string | null = job.sqs_message_id,
  receives?: number
): Promise<Job | undefined> {
  const time = now(database)
  const columns = {
    sqs_message_id: messageId,
    attempts: job.attempts + 1,
    deaths: job.deaths + Number(job.state === 'running'),
    fencing_token: job.fencing_token + 1,
    claimed_by: claimant(),
    lease_until: time + leaseSeconds * 1000,
    run_at: null,
    progress: 0,
    started_at: time
  }
  const terms = { guard: isLeft(job), receives }
  const move = job.state === 'running' ? 'taken over' : 'claimed'
  const won = await change(database, job, move, columns, terms)
  return won ? { ...job, state: 'running', ...columns } : undefined
}

/** Holds the lease for another 30 s, or until then; false when the attempt has lost its job. */
export async function renew(
  database: Database,
  attempt: Pick<Job, 'id' | 'fencing_token'>,
  until = now(database) + leaseSeconds * 1000,
  progress?: number
) {
  const columns = { lease_until: until }
  const changed = progress === undefined ? columns : { ...columns, progress }
  const update = () => rowOf(database, attempt, ['running']).update(changed)
  return (await repeated(update)) === 1
}

/** Until `insist` is aborted it is tried again: what the work has made must not be made once more. */
export async function finish(
  database: Database,
  attempt: Job,
  result: Result,
  { receipts, insist }: { receipts?: object; insist?: AbortSignal } = {}
) {
  const columns = {
    progress: 100,
    error: null,
    warnings: JSON.stringify(result.warnings ?? []),
    receipts: receipts ? JSON.stringify(receipts) : null,
    ...columnsOf(result.file, result.more),
    finished_at: now(database)
  }
  return await change(database, attempt, 'finished', columns, { insist })
}

/** Back to the queue, whose message comes again by itself. */
export async function retry(database: Database, attempt: Job, error: string) {
  return await change(database, attempt, 'retrying', { error, queued_at: now(database) })
}

/**
 * Ends an attempt whose worker is dead, or a job that is not to be begun; a worker that lives has renewed the
 * lease and keeps its job.
 */
export async function abandon(
  database: Database,
  job: Job,
  to: 'retrying' | 'failed',
  error: string
) {
  const time = now(database)
  const more = to === 'failed' ? { finished_at: time } : { queued_at: time, sqs_message_id: null }
  const columns = { error, deaths: job.deaths + Number(job.state === 'running'), ...more }
  const move = to === 'failed' ? 'given up' : 'released'
  return await change(database, job, move, columns, { guard: isLeft(job) })
}

/** Not before `runAt`; its message is used up. An attempt that is no failure is not counted. */
export async function postpone(
  database: Database,
  attempt: Job,
  error: string,
  runAt: number,
  isFailure = false
) {
  const attempts = isFailure ? attempt.attempts : attempt.attempts - 1
  const move = runAt > now(database) ? 'postponed' : 'handed back'
  return await change(database, attempt, move, { error, attempts, ...unsent(runAt) })
}

/** `file` is what was made before it failed, for the person to fetch all the same. */
export async function fail(database: Database, attempt: Job, error: string, file?: StoredFile) {
  const columns = { error, ...columnsOf(file), finished_at: now(database) }
  return await change(database, attempt, 'failed', columns)
}

/** Its message is in the dead-letter queue. Not if another has been sent since, by the operator's order or a sweep. */
export async function bury(database: Database, job: Job, error: string) {
  const time = now(database)
  const columns = { error, dead_lettered_at: time, finished_at: time }
  const guard = (row: Knex.QueryBuilder) => void row.where({ sqs_message_id: job.sqs_message_id })
  return await change(database, job, 'buried', columns, { guard })
}
