import type { Database } from '../database.ts'
import type { Job } from './job.ts'
import { origins, type State } from './state.ts'

const pageSize = 50
/** Nobody counts further: with a million jobs, each look at the dashboard would read them all. */
export const mostCounted = 10_000

/** How many jobs there are in each state; one more than `mostCounted` means more than that. */
export async function counts(database: Database): Promise<Partial<Record<State, number>>> {
  const counted = Object.keys(origins).map(async state => {
    const some = database('jobs')
      .select('id')
      .where({ state })
      .limit(mostCounted + 1)
    const [row] = await database.from(some.as('some')).count<{ count: number }[]>('* as count')
    return [state, Number(row?.count)]
  })
  return Object.fromEntries(await Promise.all(counted))
}

/** Jobs from the newest on, 50 a page; `before` is the id that the page before ended with. */
export async function list(database: Database, state?: State, before?: number): Promise<Job[]> {
  const jobs = database<Job>('jobs').orderBy('id', 'desc').limit(pageSize)
  if (state) jobs.where('state', state)
  if (before) jobs.where('id', '<', before)
  return await jobs
}
