import type { Knex } from 'knex'
import type { Database } from '../database.ts'
import * as count from '../metrics/count.ts'
import { now } from './clock.ts'
import type { Job } from './job.ts'
import { type Move, moves, origins, type State } from './state.ts'
import { repeated, won } from './statement.ts'
import { appended, entryOf, lineOf } from './timeline.ts'

type Terms = {
  /** What must be true of the row beside its state and token. */
  guard?(row: Knex.QueryBuilder, time: number): void
  insist?: AbortSignal | undefined
  /** How often SQS has delivered the message that begins an attempt. */
  receives?: number | undefined
}

/**
 * The only statement that changes a state, for `job.ts`: one guarded UPDATE. It finds the row only while nobody
 * else has begun an attempt (fencing token), so a stale attempt changes nothing and gets false. The same statement
 * adds the move to the timeline.
 */
export async function change(
  database: Database,
  job: Job,
  move: Move,
  given: Partial<Job>,
  { guard, insist, receives }: Terms = {}
): Promise<boolean> {
  const { id, fencing_token } = job
  const to = moves[move]
  const columns = { lease_until: null, ...given, state: to }
  const entry = entryOf(job, move, given, { at: now(database), receives })
  const timeline = appended(database, lineOf(entry))
  const update = () => {
    const row = rowOf(database, job, origins[to])
    if (guard) row.where(one => guard(one, now(database)))
    return row.update({ ...columns, timeline })
  }
  const isWritten = async () => {
    const written = () =>
      database('jobs')
        .where({ id, fencing_token, ...columns })
        .first('id')
    return (await repeated(written)) !== undefined
  }
  const isMine = await won(update, isWritten, insist)
  if (isMine) count.move(job, move, entry.at)
  return isMine
}

/** The row of a job, to be changed while nobody else has begun an attempt and its state is one of these. */
export function rowOf(
  database: Database,
  { id, fencing_token }: Pick<Job, 'id' | 'fencing_token'>,
  states: State[]
) {
  return database('jobs').where({ id, fencing_token }).where(isIn(states))
}

/**
 * A guard that no index can help with, so that the row is found by its primary key. By an index of states MySQL
 * would lock the entry first and the row after it, against the order of who changes the state: a deadlock.
 */
export function isIn(states: State[]) {
  const places = states.map(() => '?').join(', ')
  return (row: Knex.QueryBuilder) => row.whereRaw(`COALESCE(state, '') IN (${places})`, states)
}

/** It is in the state in which it was read, and nobody holds its lease. */
export function isLeft({ state }: Job) {
  return (row: Knex.QueryBuilder, time: number) =>
    void row.where(isIn([state])).where(one => isFree(one, time))
}

function isFree(row: Knex.QueryBuilder, time: number) {
  row.whereNull('lease_until').orWhere('lease_until', '<=', time)
}
