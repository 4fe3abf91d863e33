import type { Database } from '../database.ts'
import type { Job } from './job.ts'

/** The payloads of some jobs, by their ids. */
export async function payloadsOf(database: Database, ids: number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const rows: Pick<Job, 'id' | 'payload'>[] = await database('jobs')
    .select('id', 'payload')
    .whereIn('id', ids)
  return new Map(rows.map(({ id, payload }) => [id, payload]))
}
