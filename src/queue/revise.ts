import type { Database } from '../database.ts'
import { rowOf } from './change.ts'
import { now } from './clock.ts'
import type { Job } from './job.ts'
import type { Order } from './order.ts'
import { won } from './statement.ts'
import { appended, lineOf } from './timeline.ts'

/**
 * Gives a failed job another order, which the operator has mended; gives the job as it is then, or nothing if it has
 * moved on. It takes the next fencing token, so that of two who edit it the second is told. The hash stays that of the
 * order as it came: a program that repeats that one is still told of this job.
 */
export async function revise(
  database: Database,
  job: Job,
  {
    payload,
    email,
    language,
    search_number = null,
    search_name = null
  }: Omit<Order, 'payload_hash'>
): Promise<Job | undefined> {
  const fencing_token = job.fencing_token + 1
  const columns = { payload, email, language, search_number, search_name, fencing_token }
  const line = lineOf({ at: now(database), what: 'revised' })
  const update = () =>
    rowOf(database, job, ['failed']).update({ ...columns, timeline: appended(database, line) })
  const isWritten = async () =>
    (await database('jobs')
      .where({ id: job.id, ...columns })
      .first('id')) !== undefined
  return (await won(update, isWritten)) ? { ...job, ...columns } : undefined
}

/** The paths of what differs between two payloads, such as `lines.0.quantity`. */
export function changedPaths(before: unknown, after: unknown, path = ''): string[] {
  if (!isBranch(before) || !isBranch(after) || Array.isArray(before) !== Array.isArray(after))
    return Object.is(before, after) ? [] : [path]
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap(name =>
    changedPaths(before[name], after[name], path === '' ? name : `${path}.${name}`)
  )
}

const isBranch = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
