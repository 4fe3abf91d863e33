import type { Knex } from 'knex'
import type { Database } from '../database.ts'
import { type Filter, rangeOf } from './filter.ts'
import type { Job } from './job.ts'
import { idsOf } from './source.ts'
import { origins, type State } from './state.ts'

const pageSize = 50
/** Nobody counts further: with a million jobs, each look at the dashboard would read them all. */
export const mostCounted = 10_000

/**
 * How many jobs there are in each state; one more than `mostCounted` means more than that. Of a time it counts by ids,
 * and may be wrong by those of the same moment.
 */
export async function counts(
  database: Database,
  { kind, from, to }: Pick<Filter, 'kind' | 'from' | 'to'> = {}
): Promise<Partial<Record<State, number>>> {
  const range = await rangeOf(database, { from, to }, 0)
  if (!range) return {}
  const counted = (Object.keys(origins) as State[]).map(async state => {
    const source = kind ? { kind, state } : { state }
    const some = idsOf(database, source, range, { order: 'desc', most: mostCounted + 1 })
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
