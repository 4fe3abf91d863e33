import * as decisions from './decision.ts'
import { type Parcel, sendBatch } from './enqueue.ts'
import type * as jobs from './job.ts'
import { type Letter, markDiscarded, remove } from './letter.ts'
import type { Line } from './perform.ts'
import { batchSize } from './sqs.ts'
import { repeated } from './statement.ts'

type Means = Pick<Line, 'database' | 'queue' | 'log' | 'underway'>
/** A dead letter, as far as it is needed to act on it. */
type Dead = Pick<Letter, 'message_id' | 'job_id' | 'handle'>

/** How many were acted on, and how many had moved on. */
export type Acted = { done: number; moved: number }

type Terms = {
  /** In how many seconds the message of each becomes visible, by its place. */
  delayOf?: (index: number) => number
  /** Told of the jobs before they are sent back; it may leave some out. */
  before?: (some: jobs.Job[]) => Promise<jobs.Job[]>
}

/**
 * Sends the jobs of dead letters back: each gets a new message and the next fencing token, so none goes twice whoever
 * else does the same. The old message is stale then; it is deleted here, or by the next look.
 */
export async function redriveSome(
  line: Means,
  letters: Dead[],
  { delayOf = () => 0, before = async some => some }: Terms = {}
): Promise<Acted> {
  let done = 0
  for (let start = 0; start < letters.length; start += batchSize) {
    const few = letters.slice(start, start + batchSize)
    const wanted = await before(await failedOf(line, few))
    const sent = await Promise.all(wanted.map(job => decisions.requeue(line.database, job)))
    const parcels = sent.flatMap((job, index): Parcel[] =>
      job ? [{ job, delaySeconds: delayOf(start + index) }] : []
    )
    if (parcels.length > 0) await sendBatch(line, parcels)
    const back = new Set(parcels.map(({ job }) => job.id))
    await drop(
      line,
      few.filter(letter => letter.job_id && back.has(letter.job_id))
    )
    done += parcels.length
  }
  return { done, moved: letters.length - done }
}

/** Discards the jobs of dead letters, where there are any, and deletes the letters. */
export async function discardSome(line: Means, letters: Dead[]): Promise<Acted> {
  let done = 0
  for (let start = 0; start < letters.length; start += batchSize) {
    const few = letters.slice(start, start + batchSize)
    const rows = await failedOf(line, few)
    const gone = await Promise.all(
      rows.map(async job => ((await decisions.discard(line.database, job)) ? [job.id] : []))
    )
    const ids = new Set(gone.flat())
    const over = few.filter(({ job_id }) => job_id === null || ids.has(job_id))
    await markDiscarded(
      line.database,
      over.map(({ message_id }) => message_id)
    )
    await deleteAll(line, over)
    done += over.length
  }
  return { done, moved: letters.length - done }
}

/** The jobs that have failed and have no newer message, in the order of their letters. */
async function failedOf({ database }: Means, few: Dead[]): Promise<jobs.Job[]> {
  const ids = few.flatMap(({ job_id }) => job_id ?? [])
  const rows = await repeated(() => database<jobs.Job>('jobs').whereIn('id', ids))
  const byId = new Map(rows.map(row => [row.id, row]))
  return few.flatMap(({ job_id, message_id }) => {
    const job = byId.get(job_id ?? 0)
    return job?.state === 'failed' && job.sqs_message_id === message_id ? [job] : []
  })
}

async function drop(line: Means, few: Dead[]) {
  if (few.length === 0) return
  await deleteAll(line, few)
  await remove(
    line.database,
    few.map(({ message_id }) => message_id)
  )
}

/** What is not deleted, a look finds again, and drops. */
async function deleteAll({ queue, log }: Means, few: Dead[]) {
  const deleted = await Promise.allSettled(few.map(letter => queue.deadLetters.drop(letter)))
  const failure = deleted.find(({ status }) => status === 'rejected')
  if (failure) log.warn({ err: (failure as PromiseRejectedResult).reason }, 'dead letters stay')
}
