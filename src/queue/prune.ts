import type { Services } from '../services.ts'
import { uploadsIn } from '../upload.ts'
import { fileColumns, filesOf } from './file.ts'
import type { Job } from './job.ts'

/** How much was taken away. */
export type Pruned = { files: number; jobs: number; ticks: number }

const day = 86_400_000
const batch = 500
/** How long the runs of periodic tasks are remembered, in days. */
const tickDays = 30
const over = ['finished', 'failed', 'discarded', 'cancelled']

/**
 * Takes away what is no longer needed: files whose links have expired, and jobs that have been over for
 * `KEEP_DAYS`. In small batches, so that no lock lasts; what a run does not reach is left to the next.
 */
export async function prune(line: Services): Promise<Pruned> {
  const { LINK_DAYS, KEEP_DAYS } = line.config
  return {
    files: await inBatches(() => removeFiles(line, Date.now() - LINK_DAYS * day)),
    jobs: await inBatches(() => forget(line, Date.now() - KEEP_DAYS * day)),
    ticks: await inBatches(() => forgetTicks(line, Date.now() - tickDays * day))
  }
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

/** The row keeps the file's name, so that its page can say what has expired. */
async function removeFiles({ database, storage }: Services, before: number) {
  const rows = await database<Job>('jobs')
    .select('id', ...fileColumns)
    .whereIn('state', over)
    .where('finished_at', '<', before)
    .whereNotNull('file_key')
    .limit(batch)
  if (rows.length === 0) return 0
  await storage.remove(rows.flatMap(keysOf))
  const ids = rows.map(({ id }) => id)
  await database('jobs').whereIn('id', ids).update({ file_key: null })
  return rows.length
}

function keysOf(job: Parameters<typeof filesOf>[0]) {
  return job.file_key === null ? [] : filesOf(job).map(({ key }) => key)
}

async function forget({ database, storage }: Services, before: number) {
  const rows = await database<Job>('jobs')
    .select('id', 'payload', ...fileColumns)
    .whereIn('state', over)
    .where('finished_at', '<', before)
    .limit(batch)
  const ids = rows.map(({ id }) => id)
  await storage.remove(rows.flatMap(row => [...keysOf(row), ...uploadsIn(row.payload)]))
  await database('effects').whereIn('job_id', ids).delete()
  await database('jobs').whereIn('id', ids).delete()
  return rows.length
}

async function forgetTicks({ database }: Services, before: number) {
  const ticks = await database('ticks')
    .where('scheduled_at', '<', before)
    .limit(batch)
    .select('task', 'scheduled_at')
  for (const key of ticks) await database('ticks').where(key).delete()
  return ticks.length
}
