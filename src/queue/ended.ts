import type { Database } from '../database.ts'
import type { Job } from './job.ts'
import { repeated } from './statement.ts'

/** Of a job that has ended, what says whether somebody is to be told of it. */
export type Ended = Pick<Job, 'id' | 'kind' | 'fencing_token'> & { finished_at: number }

/** The jobs that have ended so since a time, in the order of an index of states and ends. */
export async function endedSince(
  database: Database,
  state: 'finished' | 'failed',
  since: number,
  most: number
): Promise<Ended[]> {
  const rows = () =>
    database<Job>('jobs')
      .select('id', 'kind', 'fencing_token', 'finished_at')
      .where({ state })
      .where('finished_at', '>=', since)
      .orderBy('finished_at')
      .limit(most)
  return (await repeated(rows)) as Ended[]
}

/** Which of these idempotency keys were used. */
export async function usedKeys(database: Database, keys: string[]): Promise<Set<string>> {
  const rows = () => database('jobs').whereIn('idempotency_key', keys).pluck('idempotency_key')
  return new Set(await repeated(rows))
}
