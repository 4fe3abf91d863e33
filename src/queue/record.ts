import { randomBytes } from 'node:crypto'
import type { Database } from '../database.ts'
import { now } from './clock.ts'
import type { Job } from './job.ts'
import { isDuplicate, repeated } from './statement.ts'

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
    const [id] = await repeated(() => database('jobs').insert(row))
    return { job: { ...empty, ...row, id: id as number }, isNew: true }
  } catch (error) {
    const twin = isDuplicate(error) && (await findTwin(database, row))
    if (!twin) throw error
    // By now the sweep may have sent it, and an attempt begun: it is sent as it was written, so that stays.
    const isNew = twin.token === token
    return { job: isNew ? { ...empty, ...row, id: twin.id } : twin, isNew }
  }
}

/** The job that has the key, or this one, if it was written before but the answer was lost. */
async function findTwin(
  database: Database,
  { token, idempotency_key }: NewJob & { token: string }
) {
  const key = idempotency_key === null ? { token } : { idempotency_key }
  return await repeated(() => database<Job>('jobs').where(key).first())
}

const empty = {
  sqs_message_id: null,
  attempts: 0,
  deaths: 0,
  dead_lettered_at: null,
  fencing_token: 0,
  claimed_by: null,
  lease_until: null,
  run_at: null,
  progress: 0,
  error: null,
  warnings: null,
  file_key: null,
  file_name: null,
  file_bytes: null,
  more_files: null,
  file_sha256: null,
  receipts: null,
  started_at: null,
  finished_at: null
}
