import type { Knex } from 'knex'
import type { Database } from '../database.ts'
import type { Job } from './job.ts'
import type { State } from './state.ts'

/** Which jobs are asked for; each part narrows the others. Times are milliseconds since 1970. */
export type Filter = {
  state?: State | undefined
  kind?: string | undefined
  /** Recorded then or later. */
  from?: number | undefined
  /** Recorded before. */
  to?: number | undefined
  /** An id, a token, a message's id, or a whole mail address, number or name: found among all, by indexes. */
  key?: string | undefined
  /** Words, each of which is somewhere in the payload, the error or the address: found by reading. */
  words?: string | undefined
}

/** Whether all jobs of its sources are asked for, so that none of them need be looked at. */
export function isWhole({ from, to, key, words }: Filter): boolean {
  return [from, to, key, words].every(part => part === undefined)
}

/** Whether nearly all jobs of its sources and range are asked for, but for those of the moments at its ends. */
export function isBounded({ key, words }: Filter): boolean {
  return key === undefined && words === undefined
}

/** The rest of a filter, for rows that are at hand. */
export function narrow(row: Knex.QueryBuilder, { state, kind, from, to, words = '' }: Filter) {
  if (state) row.where({ state })
  if (kind) row.where({ kind })
  if (from !== undefined) row.where('waiting_at', '>=', from)
  if (to !== undefined) row.where('waiting_at', '<', to)
  for (const word of words.split(/\s+/).filter(Boolean)) row.where(one => has(one, word))
}

/** Not LIKE, whose cases and wildcards are not the same in both databases. */
function has(row: Knex.QueryBuilder, word: string) {
  const low = word.toLowerCase()
  // As JSON writes it: a quotation mark of the payload has a backslash before it.
  const written = JSON.stringify(low).slice(1, -1)
  row.whereRaw('INSTR(LOWER(payload), ?) > 0', [low])
  if (written !== low) row.orWhereRaw('INSTR(LOWER(payload), ?) > 0', [written])
  row.orWhereRaw('INSTR(LOWER(error), ?) > 0', [low])
  row.orWhereRaw('INSTR(LOWER(email), ?) > 0', [low])
}

/** Between which ids, both left out, the jobs of a time are; nothing where there are none. */
export type Range = { above?: number; below?: number }

/** Ids are given in the order of the INSERTs, which is that of the times but for those of the same moment. */
const outOfOrder = 100

export async function rangeOf(
  database: Database,
  { from, to }: Filter,
  slack = outOfOrder
): Promise<Range | undefined> {
  const edge = (order: 'asc' | 'desc') =>
    database<Job>('jobs').orderBy('waiting_at', order).select('id').first()
  const first = from === undefined ? undefined : await edge('asc').where('waiting_at', '>=', from)
  const last = to === undefined ? undefined : await edge('desc').where('waiting_at', '<', to)
  const isEmpty = (from !== undefined && !first) || (to !== undefined && !last)
  if (isEmpty) return undefined
  return {
    ...(first && { above: first.id - slack - 1 }),
    ...(last && { below: last.id + slack + 1 })
  }
}
