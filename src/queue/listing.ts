import type { Knex } from 'knex'
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
  const page = database<Job>('jobs').orderBy('id', 'desc').limit(pageSize)
  if (before) page.where('id', '<', before)
  return state ? await withState(database, page, state) : await page
}

/** The ids come from an index alone: asked for the rows, MariaDB looks for a rare state among all jobs. */
async function withState(
  database: Database,
  page: Knex.QueryBuilder,
  state: State
): Promise<Job[]> {
  const ids = page.select('id').where({ state }).as('page')
  return await database<Job>('jobs')
    .select('jobs.*')
    .join(ids, 'page.id', 'jobs.id')
    .orderBy('jobs.id', 'desc')
}
