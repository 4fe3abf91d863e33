import type { Knex } from 'knex'
import type { Database } from '../database.ts'
import { type Filter, isBounded, isWhole, narrow, type Range, rangeOf } from './filter.ts'
import type { Job } from './job.ts'
import { idsOf, type Order, sourcesOf } from './source.ts'

/** A job as lists show it: without its payload, which may be long, and with the beginning of its error. */
export type Listed = Pick<
  Job,
  'id' | 'token' | 'kind' | 'state' | 'attempts' | 'waiting_at' | 'run_at' | 'error'
>
const columns = ['id', 'token', 'kind', 'state', 'attempts', 'waiting_at', 'run_at'] as const

export type Wish = {
  most: number
  /** Those older than this id, from the newest on. */
  before?: number | undefined
  /** Those newer than this id, and of them the oldest. */
  after?: number | undefined
  effort?: Effort
}

/** After how many jobs, and milliseconds, a search stops that has not found enough. */
export type Effort = { jobs: number; milliseconds: number }
/** What nobody has to wait for: a page of the dashboard. */
export const pageEffort: Effort = { jobs: 10_000, milliseconds: 40 }

const endless: Effort = { jobs: Infinity, milliseconds: Infinity }

export type Found = {
  /** From the newest on. */
  jobs: Listed[]
  /** How many jobs were looked at. */
  searched: number
  /** The id at which the search stopped, to go on from; none where there is nothing more. */
  reached?: number
}

/** How many jobs are looked at at once: at first few, for their payloads may be long. */
const sizes = { first: 100, least: 25, most: 800 }
const quickMilliseconds = 10

/**
 * Finds jobs in the order of their ids. What indexes can't answer is looked up in the rows, some at a time, as long as
 * the effort allows: a search takes no longer however many jobs there are, and says how far it came.
 */
export async function find(database: Database, filter: Filter, wish: Wish): Promise<Found> {
  const { most, before, after } = wish
  const effort = isBounded(filter) ? endless : (wish.effort ?? pageEffort)
  const order = after === undefined ? 'desc' : 'asc'
  const range = await rangeOf(database, filter)
  if (!range) return { jobs: [], searched: 0 }
  const endsAt = performance.now() + effort.milliseconds
  const jobs: Listed[] = []
  const inOrder = () => (order === 'desc' ? jobs : jobs.toReversed())
  let size = isWhole(filter) ? most : sizes.first
  let searched = 0
  for (let cursor = after ?? before; ; ) {
    const beganAt = performance.now()
    const ids = await candidates(database, filter, beyond(range, order, cursor), { order, size })
    jobs.push(...(await matching(database, filter, ids, { order, most: most - jobs.length })))
    searched += ids.length
    cursor = ids.at(-1)
    if (jobs.length === most)
      return { jobs: inOrder(), searched, reached: jobs.at(-1)?.id as number }
    if (cursor === undefined || ids.length < size) return { jobs: inOrder(), searched }
    const now = performance.now()
    if (searched >= effort.jobs || now > endsAt)
      return { jobs: inOrder(), searched, reached: cursor }
    size = now - beganAt < quickMilliseconds ? size * 2 : size / 2
    size = Math.round(Math.min(Math.max(size, sizes.least), sizes.most))
  }
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
