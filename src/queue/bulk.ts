import type { Database } from '../database.ts'
import * as decisions from './decision.ts'
import { type Parcel, sendBatch } from './enqueue.ts'
import type { Filter } from './filter.ts'
import { find, type Listed } from './find.ts'
import type * as jobs from './job.ts'
import type { Line } from './perform.ts'
import type { Effort } from './search.ts'
import { batchSize } from './sqs.ts'
import { repeated } from './statement.ts'

/** How far it has come: `before` is the id at which it goes on, none when it is through. */
export type Progress = { done: number; moved: number; before?: number }

/** A request takes little longer than this. */
const portionMilliseconds = 2000
const portion = 200

/** Each gives the job as it is then, or nothing if it has moved on. */
const changes: Record<
  decisions.Decision,
  (database: Database, job: jobs.Job) => Promise<jobs.Job | undefined>
> = {
  retry: decisions.requeue,
  discard: async (database, job) => ((await decisions.discard(database, job)) ? job : undefined),
  cancel: async (database, job) => ((await decisions.cancel(database, job)) ? job : undefined)
}

/**
 * Does a portion of what is to be done with all jobs of a filter, from the newest on: each is guarded by itself,
 * and none comes twice, whatever becomes of it meanwhile.
 */
export async function doPortion(
  line: Line,
  action: decisions.Decision,
  filter: Filter,
  { done, moved, before }: Progress,
  milliseconds = portionMilliseconds
): Promise<Progress> {
  const endsAt = performance.now() + milliseconds
  const effort: Effort = { jobs: Infinity, milliseconds }
  const progress = { done, moved }
  for (let cursor = before; ; ) {
    const wish = { most: portion, before: cursor, effort }
    const found = await find(line.database, filter, wish)
    const count = await actOn(line, action, found.jobs)
    progress.done += count
    progress.moved += found.jobs.length - count
    cursor = found.reached
    if (cursor === undefined) return progress
    if (performance.now() > endsAt) return { ...progress, before: cursor }
  }
}

/** Ten at a time, as many as one call to SQS sends; gives how many were still in the state in which they were listed. */
export async function actOn(
  line: Line,
  action: decisions.Decision,
  listed: Listed[]
): Promise<number> {
  let count = 0
  let sending: Promise<unknown> = Promise.resolve()
  for (let start = 0; start < listed.length; start += batchSize) {
    const few = await current(line.database, listed.slice(start, start + batchSize))
    const changed = await Promise.all(few.map(job => changes[action](line.database, job)))
    const parcels = changed.flatMap((job): Parcel[] => (job ? [{ job, delaySeconds: 0 }] : []))
    count += parcels.length
    await sending
    if (action === 'retry' && parcels.length > 0) sending = sendBatch(line, parcels)
  }
  await sending
  return count
}

/** The rows as they are now, of those that are still in the state in which they were found. */
async function current(database: Database, listed: Listed[]): Promise<jobs.Job[]> {
  const states = new Map(listed.map(({ id, state }) => [id, state]))
  const rows = await repeated(() => database<jobs.Job>('jobs').whereIn('id', [...states.keys()]))
  return rows.filter(({ id, state }) => states.get(id) === state)
}
