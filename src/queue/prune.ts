import type { Database } from '../database.ts'
import type { Services } from '../services.ts'
import { uploadsIn } from '../upload.ts'
import { forgetActions } from './action.ts'
import { isIn } from './change.ts'
import { now } from './clock.ts'
import { fileColumns, filesOf, previewKeyOf } from './file.ts'
import type { Job } from './job.ts'
import { forgetEvents } from './mail-event.ts'
import { forgetRedrives } from './redrive-order.ts'
import type { State } from './state.ts'

/** How much was taken away; events of mails count where they belong to no job. */
export type Pruned = { files: number; jobs: number; ticks: number; actions: number; events: number }

const day = 86_400_000
const batch = 500
/** How long the runs of periodic tasks, and redrives, are remembered, in days. */
const tickDays = 30
/** The same of what was done on the dashboard, and as long as the jobs that it was done to. */
const actionDays = 365
const over: State[] = ['finished', 'failed', 'discarded', 'cancelled']

/**
 * Takes away what is no longer needed: files whose links have expired, and jobs that have been over for
 * `KEEP_DAYS`. In small batches, so that no lock lasts; what a run does not reach is left to the next.
 */
export async function prune(line: Services): Promise<Pruned> {
  const { LINK_DAYS, KEEP_DAYS } = line.config
  const before = (days: number) => now(line.database) - days * day
  const pruned = { files: 0, jobs: 0, ticks: 0, actions: 0, events: 0 }
  for (const state of over) {
    let since = 0
    pruned.files += await inBatches(async () => {
      const rows = await removeFiles(line, state, since, before(LINK_DAYS))
      since = rows.at(-1)?.finished_at ?? since
      return rows.length
    })
    pruned.jobs += await inBatches(() => forget(line, state, before(KEEP_DAYS)))
  }
  pruned.ticks = await forgetTicks(line, before(tickDays))
  const longAgo = before(Math.max(actionDays, KEEP_DAYS))
  pruned.actions = await inBatches(() => forgetActions(line.database, longAgo))
  await inBatches(() => forgetRedrives(line.database, before(tickDays)))
  pruned.events = await inBatches(() => forgetEvents(line.database, before(KEEP_DAYS)))
  return pruned
}

const mostBatches = 200

async function inBatches(work: () => Promise<number>): Promise<number> {
  let total = 0
  for (let round = 0; round < mostBatches; round += 1) {
    const count = await work()
    total += count
    if (count < batch) break
  }
  return total
}

/**
 * The row keeps the file's name, so that its page can say what has expired. What has none any more is passed over
 * once a night, not with every batch: those that are left come after `since`.
 */
async function removeFiles(
  { database, storage }: Services,
  state: State,
  since: number,
  before: number
) {
  const rows = await database<Job>('jobs')
    .select('id', 'finished_at', ...fileColumns)
    .where({ state })
    .where('finished_at', '>=', since)
    .where('finished_at', '<', before)
    .whereNotNull('file_key')
    .orderBy('finished_at')
    .limit(batch)
  if (rows.length === 0) return rows
  await storage.remove(rows.flatMap(keysOf))
  await stillOver(database, rows, state, before).update({ file_key: null })
  return rows
}

/** Those that the operator has not ordered to be retried since they were read; found by their primary key. */
function stillOver(database: Database, rows: Pick<Job, 'id'>[], state: State, before: number) {
  const ids = rows.map(({ id }) => id)
  const jobs = database<Job>('jobs')
    .whereIn('id', ids)
    .where(isIn([state]))
  return jobs.where('finished_at', '<', before)
}

function keysOf(job: Parameters<typeof filesOf>[0]) {
  if (job.file_key === null) return []
  return filesOf(job).flatMap(({ key }) => [key, previewKeyOf(key)])
}

async function forget({ database, storage }: Services, state: State, before: number) {
  const rows = await database<Job>('jobs')
    .select('id', 'payload', ...fileColumns)
    .where({ state })
    .where('finished_at', '<', before)
    .limit(batch)
  await storage.remove(rows.flatMap(row => [...keysOf(row), ...uploadsIn(row.payload)]))
  await database.transaction(async whole => {
    const ids = await stillOver(whole, rows, state, before).forUpdate().pluck('id')
    await whole('mail_events').whereIn('job_id', ids).delete()
    await whole('effects').whereIn('job_id', ids).delete()
    await whole('webhook_attempts').whereIn('job_id', ids).delete()
    await whole('jobs').whereIn('id', ids).delete()
  })
  return rows.length
}

/** Some 3200 a night; by task, which the key of the table begins with. */
async function forgetTicks({ database }: Services, before: number) {
  let count = 0
  for (const task of await database('ticks').distinct('task').pluck('task'))
    count += await database('ticks').where({ task }).where('scheduled_at', '<', before).delete()
  return count
}
