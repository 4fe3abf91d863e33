import type { Knex } from 'knex'
import type { Database } from '../database.ts'
import { type Filter, isBounded, isWhole, narrow, type Range, rangeOf } from './filter.ts'
import type { Job } from './job.ts'
import { type Effort, pageEffort, type Searched, search, type Wish } from './search.ts'
import { idsOf, type Order, sourcesOf } from './source.ts'

/** A job as lists show it: without its payload, which may be long, and with the beginning of its error. */
export type Listed = Pick<
  Job,
  'id' | 'token' | 'kind' | 'state' | 'attempts' | 'waiting_at' | 'run_at' | 'error'
>
const columns = ['id', 'token', 'kind', 'state', 'attempts', 'waiting_at', 'run_at'] as const

const endless: Effort = { jobs: Infinity, milliseconds: Infinity }

export type Found = Omit<Searched<Listed>, 'rows'> & {
  /** From the newest on. */
  jobs: Listed[]
}

/** How many jobs are looked at at once: at first few, for their payloads may be long. */
const sizes = { first: 100, least: 25, most: 800 }
const quickMilliseconds = 10

/** Finds jobs in the order of their ids, as far as the effort allows; one that indexes bound is never too much. */
export async function find(database: Database, filter: Filter, wish: Wish): Promise<Found> {
  const range = await rangeOf(database, filter)
  if (!range) return { jobs: [], searched: 0 }
  const { rows: jobs, ...found } = await search(wish, {
    effort: isBounded(filter) ? endless : (wish.effort ?? pageEffort),
    size: isWhole(filter) ? wish.most : sizes.first,
    resize,
    async look({ cursor, order, size, most }) {
      const ids = await candidates(database, filter, beyond(range, order, cursor), { order, size })
      return { ids, rows: await matching(database, filter, ids, { order, most }) }
    },
    idOf: ({ id }) => id
  })
  return { jobs, ...found }
}

function resize(size: number, milliseconds: number) {
  const wanted = milliseconds < quickMilliseconds ? size * 2 : size / 2
  return Math.round(Math.min(Math.max(wanted, sizes.least), sizes.most))
}

/** What of a range is left behind a cursor. */
export function beyond(
  range: Range,
  order: Order,
  cursor = order === 'desc' ? Infinity : 0
): Range {
  const { above = 0, below = Infinity } = range
  if (order === 'asc') return { ...range, above: Math.max(above, cursor) }
  const least = Math.min(below, cursor)
  return least === Infinity ? range : { ...range, below: least }
}

/** The next ids that may be asked for, from indexes alone; the sources of a filter are merged. */
async function candidates(
  database: Database,
  filter: Filter,
  range: Range,
  { order, size }: { order: Order; size: number }
): Promise<number[]> {
  const [first, ...others] = sourcesOf(filter).map(source =>
    idsOf(database, source, range, { order, most: size })
  ) as [Knex.QueryBuilder, ...Knex.QueryBuilder[]]
  // SQLite sorts and cuts the parts of a union only in brackets of their own.
  const part = (ids: Knex.QueryBuilder) => database.select('id').from(ids.as('part'))
  const merged = part(first).union(others.map(part)).orderBy('id', order).limit(size)
  const rows: { id: number }[] = await (others.length > 0 ? merged : first)
  return rows.map(({ id }) => id)
}

async function matching(
  database: Database,
  filter: Filter,
  ids: number[],
  { order, most }: { order: Order; most: number }
): Promise<Listed[]> {
  if (ids.length === 0) return []
  return await database('jobs')
    .select(columns)
    .select(database.raw('SUBSTR(error, 1, 500) AS error'))
    .whereIn('id', ids)
    .where(row => narrow(row, filter))
    .orderBy('id', order)
    .limit(most)
}
