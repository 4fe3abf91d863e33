import type { Database } from '../database.ts'
import type { Job } from './job.ts'
import { repeated } from './statement.ts'

/** The jobs that were recorded with one of these idempotency keys, the oldest first. */
export async function findByKeys(database: Database, keys: string[]): Promise<Job[]> {
  const found = await repeated(() => database<Job>('jobs').whereIn('idempotency_key', keys))
  return found.sort((one, other) => one.id - other.id)
}
