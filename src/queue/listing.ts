import type { Knex } from 'knex'
import type { Database } from '../database.ts'
import { type Filter, rangeOf } from './filter.ts'
import { idsOf } from './source.ts'
import { origins, type State } from './state.ts'

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
    const ids = idsOf(database, source, range, { order: 'desc', most: mostCounted + 1 })
    return [state, await countSome(database, ids)]
  })
  return Object.fromEntries(await Promise.all(counted))
}

/** How many rows a query has; one more than `mostCounted` means more than that. */
export async function countSome(database: Database, rows: Knex.QueryBuilder): Promise<number> {
  const some = rows.limit(mostCounted + 1).as('some')
  const [row] = await database.from(some).count<{ count: number }[]>('* as count')
  return Number(row?.count)
}
