import type { Database } from '../database.ts'
import type { Job } from './job.ts'
import { mostCounted } from './listing.ts'
import type { State } from './state.ts'

/** How many jobs have waited on the queue for longer than this one; one more than `mostCounted` means more. */
export async function countAhead(
  database: Database,
  { queued_at }: Pick<Job, 'queued_at'>
): Promise<number> {
  const counted = (['waiting', 'retrying'] satisfies State[]).map(async state => {
    const some = database('jobs')
      .select('id')
      .where({ state })
      .where('queued_at', '<', queued_at)
      .limit(mostCounted + 1)
    const [row] = await database.from(some.as('some')).count<{ count: number }[]>('* as count')
    return Number(row?.count)
  })
  const sum = (await Promise.all(counted)).reduce((total, count) => total + count, 0)
  return Math.min(sum, mostCounted + 1)
}
