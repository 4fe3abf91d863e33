import { randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { type Database, unblocked } from '../database.ts'
import type { Language } from '../language.ts'
import type { Result } from './kind.ts'

export type State =
  | 'waiting'
  | 'running'
  | 'retrying'
  | 'finished'
  | 'failed'
  | 'discarded'
  | 'cancelled'

/** From which states a job may come into each; no other change is possible. */
const origins: Record<State, State[]> = {
  waiting: ['failed'],
  running: ['waiting', 'retrying', 'running'],
  retrying: ['running'],
  finished: ['running'],
  failed: ['running'],
  discarded: ['failed'],
  cancelled: ['waiting', 'retrying']
}

/** One row of `jobs`. Times are milliseconds since 1970. */
export type Job = {
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
  fencing_token: number
  lease_until: number | null
  run_at: number | null
  progress: number
  error: string | null
  warnings: string | null
  file_key: string | null
  file_name: string | null
  file_bytes: number | null
  waiting_at: number
  queued_at: number
  started_at: number | null
  finished_at: number | null
}

export type NewJob = Pick<
  Job,
  'kind' | 'payload' | 'email' | 'language' | 'idempotency_key' | 'payload_hash'
>

/** How long a claim holds unless it is renewed. */
export const leaseSeconds = 30

export async function find(database: Database, id: number): Promise<Job | undefined> {
  return await database<Job>('jobs').where({ id }).first()
}

export async function findByToken(database: Database, token: string): Promise<Job | undefined> {
  return await database<Job>('jobs').where({ token }).first()
}

/** Writes a new job. If one with its idempotency key exists, gives that one instead. */
export async function record(
  database: Database,
  job: NewJob
): Promise<{ job: Job; isNew: boolean }> {
  const now = Date.now()
  const token = randomBytes(16).toString('hex')
  const row = { ...job, token, state: 'waiting' as const, waiting_at: now, queued_at: now }
  try {
    const [id] = await unblocked(() => database('jobs').insert(row))
    return { job: { ...empty, ...row, id: id as number }, isNew: true }
  } catch (error) {
    const twin = job.idempotency_key && (await findTwin(database, job.idempotency_key))
    if (twin) return { job: twin, isNew: false }
    throw error
  }
}

async function findTwin(database: Database, idempotency_key: string) {
  return await database<Job>('jobs').where({ idempotency_key }).first()
}

const empty = {
  sqs_message_id: null,
  attempts: 0,
  fencing_token: 0,
  lease_until: null,
  run_at: null,
  progress: 0,
  error: null,
  warnings: null,
  file_key: null,
  file_name: null,
  file_bytes: null,
  started_at: null,
  finished_at: null
}

/** Remembers the message that carries the job now. */
export async function sent(database: Database, job: Job, messageId: string) {
  const columns = { sqs_message_id: messageId, queued_at: Date.now() }
  await unblocked(() => database('jobs').where({ id: job.id }).update(columns))
}

/** Begins an attempt if the job waits for one: takes the lease and the next fencing token. */
export async function claim(database: Database, job: Job): Promise<Job | undefined> {
  const now = Date.now()
  const columns = {
    attempts: job.attempts + 1,
    fencing_token: job.fencing_token + 1,
    lease_until: now + leaseSeconds * 1000,
    run_at: null,
    progress: 0,
    started_at: now
  }
  const won = await change(database, job, 'running', columns)
  return won ? { ...job, state: 'running', ...columns } : undefined
}

/** Holds the lease for another 30 s; false when the attempt has lost its job. */
export async function renew(database: Database, attempt: Job, progress?: number) {
  const columns = { lease_until: Date.now() + leaseSeconds * 1000 }
  const { id, fencing_token } = attempt
  const mine = database('jobs').where({ id, fencing_token, state: 'running' })
  const count = await mine.update(progress === undefined ? columns : { ...columns, progress })
  return count === 1
}

export async function finish(database: Database, attempt: Job, result: Result) {
  return await change(database, attempt, 'finished', {
    progress: 100,
    error: null,
    warnings: JSON.stringify(result.warnings ?? []),
    file_key: result.file?.key ?? null,
    file_name: result.file?.name ?? null,
    file_bytes: result.file?.bytes ?? null,
    finished_at: Date.now()
  })
}

/** Back to the queue, whose message comes again by itself. */
export async function retry(database: Database, attempt: Job, error: string) {
  return await change(database, attempt, 'retrying', { error, queued_at: Date.now() })
}

/** Not before `runAt`; the attempt is not counted, and the message of this one is used up. */
export async function postpone(database: Database, attempt: Job, error: string, runAt: number) {
  const attempts = attempt.attempts - 1
  const columns = { error, attempts, run_at: runAt, queued_at: runAt, sqs_message_id: null }
  return await change(database, attempt, 'retrying', columns)
}

export async function fail(database: Database, attempt: Job, error: string) {
  return await change(database, attempt, 'failed', { error, finished_at: Date.now() })
}

/** The operator sends a failed job back to the queue, with all its attempts before it. */
export async function requeue(database: Database, job: Job) {
  const columns = { attempts: 0, run_at: null, queued_at: Date.now(), finished_at: null }
  return await change(database, job, 'waiting', { ...columns, sqs_message_id: null })
}

export async function discard(database: Database, job: Job) {
  return await change(database, job, 'discarded', {})
}

export async function cancel(database: Database, job: Job) {
  return await change(database, job, 'cancelled', { finished_at: Date.now() })
}

/**
 * The only statement that changes a state: one guarded UPDATE. It finds the row only while nobody
 * else has begun an attempt (fencing token), so a stale attempt changes nothing and gets false.
 */
async function change(database: Database, job: Job, to: State, columns: Partial<Job>) {
  const { id, fencing_token } = job
  const guarded = () => {
    const row = database('jobs').where({ id, fencing_token }).whereIn('state', origins[to])
    if (to === 'running') row.where(free => isFree(free))
    return row.update({ lease_until: null, ...columns, state: to })
  }
  return (await unblocked(guarded)) === 1
}

function isFree(row: Knex.QueryBuilder) {
  row.whereNull('lease_until').orWhere('lease_until', '<=', Date.now())
}
