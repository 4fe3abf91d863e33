import { randomBytes } from 'node:crypto'
import { type Database, unblocked } from '../database.ts'
import { now } from './clock.ts'
import type { Job } from './job.ts'

type NewJob = Pick<
  Job,
  'kind' | 'payload' | 'email' | 'language' | 'idempotency_key' | 'payload_hash'
>

/** Writes a new job. If one with its idempotency key exists, gives that one instead. */
export async function record(
  database: Database,
  job: NewJob
): Promise<{ job: Job; isNew: boolean }> {
  const time = now(database)
  const token = randomBytes(16).toString('hex')
  const row = { ...job, token, state: 'waiting' as const, waiting_at: time, queued_at: time }
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
  deaths: 0,
  dead_lettered_at: null,
  fencing_token: 0,
  lease_until: null,
  run_at: null,
  progress: 0,
  error: null,
  warnings: null,
  file_key: null,
  file_name: null,
  file_bytes: null,
  more_files: null,
  started_at: null,
  finished_at: null
}
