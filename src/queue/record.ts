import { randomBytes } from 'node:crypto'
import type { Database } from '../database.ts'
import { now } from './clock.ts'
import { gatherFor } from './gather.ts'
import type { Job } from './job.ts'
import type { SearchKeys } from './search-key.ts'
import { isDuplicate, repeated } from './statement.ts'

type NewJob = Pick<
  Job,
  'kind' | 'payload' | 'email' | 'language' | 'idempotency_key' | 'payload_hash'
> &
  Partial<SearchKeys>

type Row = NewJob & { token: string; state: 'waiting'; waiting_at: number; queued_at: number }
type Recorded = { job: Job; isNew: boolean }

/** Rows that one statement writes; larger ones go alone, for MySQL takes no more than some megabytes at once. */
const mostRows = 20
const largestShared = 50_000

/** Writes a new job. If one with its idempotency key exists, gives that one instead. Those of the same moment share statements. */
export async function record(database: Database, job: NewJob): Promise<Recorded> {
  const time = now(database)
  const token = randomBytes(16).toString('hex')
  const row = { ...job, token, state: 'waiting' as const, waiting_at: time, queued_at: time }
  if (job.payload.length > largestShared) return await write(database, row)
  return await writeTogether(database, row)
}

const writeTogether = gatherFor(writeAll, mostRows)

/** All rows or, where one is in the way of the others, each by itself. */
async function writeAll(
  database: Database,
  rows: Row[]
): Promise<(Recorded | Promise<Recorded>)[]> {
  async function each() {
    const all = rows.map(row => write(database, row))
    await Promise.allSettled(all)
    return all
  }
  if (rows.length === 1) return await each()
  try {
    await repeated(() => database('jobs').insert(rows))
  } catch (error) {
    if (!isDuplicate(error)) throw error
    return await each()
  }
  const ids = await idsOf(database, rows)
  return rows.map(row => ({
    job: { ...empty, ...row, id: ids.get(row.token) as number },
    isNew: true
  }))
}

async function idsOf(database: Database, rows: Row[]) {
  const tokens = rows.map(({ token }) => token)
  const written = await repeated(() =>
    database<Job>('jobs').whereIn('token', tokens).select('id', 'token')
  )
  return new Map(written.map(({ id, token }) => [token, id]))
}

async function write(database: Database, row: Row): Promise<Recorded> {
  try {
    const [id] = await repeated(() => database('jobs').insert(row))
    return { job: { ...empty, ...row, id: id as number }, isNew: true }
  } catch (error) {
    const twin = isDuplicate(error) && (await findTwin(database, row))
    if (!twin) throw error
    // By now the sweep may have sent it, and an attempt begun: it is sent as it was written, so that stays.
    const isNew = twin.token === row.token
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
  retried_at: null,
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
  timeline: null,
  search_number: null,
  search_name: null,
  started_at: null,
  finished_at: null,
  revoked_at: null
}
