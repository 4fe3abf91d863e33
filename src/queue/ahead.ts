import type { Database } from '../database.ts'
import type { Job } from './job.ts'
import { countSome, mostCounted } from './listing.ts'
import type { State } from './state.ts'

/** How many jobs have waited on the queue for longer than this one; one more than `mostCounted` means more. */
export async function countAhead(
  database: Database,
  { queued_at }: Pick<Job, 'queued_at'>
): Promise<number> {
  const counted = (['waiting', 'retrying'] satisfies State[]).map(async state => {
    const ids = database('jobs').select('id').where({ state }).where('queued_at', '<', queued_at)
    return await countSome(database, ids)
  })
  const sum = (await Promise.all(counted)).reduce((total, count) => total + count, 0)
  return Math.min(sum, mostCounted + 1)
}
