import type { Knex } from 'knex'
import type { Database } from '../database.ts'
import type { Filter, Range } from './filter.ts'
import type { Job } from './job.ts'
import { searchKey } from './search-key.ts'
import { origins, type State } from './state.ts'

/** Columns with a value, for which an index has the jobs in the order of their ids. */
export type Source = Partial<Job>
export type Order = 'asc' | 'desc'

const states = Object.keys(origins) as State[]

/** What the jobs asked for are among, all together. */
export function sourcesOf({ state, kind, key }: Filter): Source[] {
  if (key !== undefined) return lookups(key)
  if (kind) return (state ? [state] : states).map(one => ({ kind, state: one }))
  return [state ? { state } : {}]
}

/** What a text may be by its form: few lookups, for each costs a little. */
function lookups(text: string): Source[] {
  const token = /(?:^|\/jobs\/)([0-9a-f]{32})(?![0-9a-f])/.exec(text)?.[1]
  const key = searchKey(text)
  const addresses = text.includes('@') ? [...new Set([text, text.toLowerCase()])] : []
  return [
    ...(key ? [{ search_number: key }, { search_name: key }] : []),
    ...addresses.map(email => ({ email })),
    ...(/^[1-9]\d{0,14}$/.test(text) ? [{ id: Number(text) }] : []),
    ...(token ? [{ token }] : [])
  ]
}

/** The ids of a source within a range, from an index alone. */
export function idsOf(
  database: Database,
  source: Source,
  { above, below }: Range,
  { order, most }: { order: Order; most: number }
): Knex.QueryBuilder {
  const ids = database('jobs').select('id').limit(most)
  for (const [column, value] of Object.entries(source)) among(ids, column, value, order)
  if (above !== undefined) ids.where('id', '>', above)
  if (below !== undefined) ids.where('id', '<', below)
  return ids.orderBy('id', order)
}

/**
 * MariaDB takes `=` as the place to begin at, and walks to a page that is far back through all that is newer; of two
 * values it takes the id for a part of the place. No column has the empty one.
 */
function among(ids: Knex.QueryBuilder, column: string, value: Job[keyof Job], order: Order) {
  const isMysql = ids.client.dialect === 'mysql'
  if (isMysql && typeof value === 'string') ids.whereIn(column, [value, '']).orderBy(column, order)
  else ids.where({ [column]: value })
}
