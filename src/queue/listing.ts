import type { Database } from '../database.ts'
import type { Job } from './job.ts'
import type { State } from './state.ts'

const pageSize = 50

/** How many jobs there are in each state. */
export async function counts(database: Database): Promise<Partial<Record<State, number>>> {
  const rows: { state: State; count: number }[] = await database('jobs')
    .select('state')
    .count('* as count')
    .groupBy('state')
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]))
}

/** Jobs from the newest on, 50 a page; `before` is the id that the page before ended with. */
export async function list(database: Database, state?: State, before?: number): Promise<Job[]> {
  const jobs = database<Job>('jobs').orderBy('id', 'desc').limit(pageSize)
  if (state) jobs.where('state', state)
  if (before) jobs.where('id', '<', before)
  return await jobs
}
