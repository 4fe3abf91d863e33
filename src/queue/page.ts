import type { Knex } from 'knex'
import type { Database } from '../database.ts'
import type { Job } from './job.ts'
import { origins, type State } from './state.ts'

export type Filter = {
  state?: State | undefined
  kind?: string | undefined
  /** Only jobs that are older than this one. */
  before?: number | undefined
}

/**
 * Jobs that fit, from the newest on, for programs: as many as are asked for, from id to id. However rare they are,
 * no more rows are read: each filter has an index in which its jobs lie in their order.
 */
export async function page(database: Database, filter: Filter, most: number): Promise<Job[]> {
  const ids =
    filter.kind && !filter.state ? anyState(database, filter, most) : idsOf(database, filter, most)
  return await database<Job>('jobs')
    .select('jobs.*')
    .join(ids.as('page'), 'page.id', 'jobs.id')
    .orderBy('jobs.id', 'desc')
}

function idsOf(database: Database, { state, kind, before }: Filter, most: number) {
  const ids = database('jobs').select('id').orderBy('id', 'desc').limit(most)
  if (state) ids.where({ state })
  if (kind) ids.where({ kind })
  if (before) ids.where('id', '<', before)
  return ids
}

/** The newest of each state: the index of kinds is in order only within one. */
function anyState(database: Database, filter: Filter, most: number): Knex.QueryBuilder {
  const states = Object.keys(origins) as State[]
  const parts = states.map(state =>
    database.select('id').from(idsOf(database, { ...filter, state }, most).as(state))
  )
  return database.unionAll(parts).orderBy('id', 'desc').limit(most)
}
