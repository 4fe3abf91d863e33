import type { Database } from '../database.ts'
import { now } from './clock.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { Job } from './job.ts'
import { type ListedLetter, listDeadLetters } from './letter-list.ts'
import type { Line } from './perform.ts'
import { redriveSome } from './redrive.ts'
import { endRedrive, findRunning, type Redrive } from './redrive-order.ts'
import { batchSize } from './sqs.ts'
import { repeated } from './statement.ts'

/** A sweep comes each minute, a little early or late. */
const leastPauseMilliseconds = 50_000
const minuteSeconds = 60
/** The errors of the jobs that were sent back last; more need not be compared. */
const mostCompared = 500

/** Sends the next portion of each redrive that runs; gives how many jobs. Safe at any number at once, and half-way. */
export async function advanceRedrives(line: Line): Promise<number> {
  let sent = 0
  for (const redrive of await findRunning(line.database)) sent += await advance(line, redrive)
  return sent
}

async function advance(line: Line, redrive: Redrive): Promise<number> {
  const { database, log } = line
  const { id, fingerprint, began_at, per_minute } = redrive
  const returned = await findReturned(database, redrive)
  if (returned !== undefined) {
    if (await endRedrive(database, id, 'returned', returned))
      log.warn({ redrive: id, job: returned }, 'redrive stopped; the same error came back')
    return 0
  }
  if (!(await take(database, redrive))) return 0
  const filter = { fingerprint, until: began_at, redrive: id }
  const letters = await listDeadLetters(database, filter, per_minute)
  if (letters.length === 0) await endRedrive(database, id, 'done')
  return await sendPortion(line, redrive, letters)
}

/** Spread over the minute, and no further once the operator has stopped it. */
async function sendPortion(line: Line, { id, per_minute }: Redrive, letters: ListedLetter[]) {
  const { database } = line
  const delayOf = (index: number) => Math.floor((index * minuteSeconds) / per_minute)
  let sent = 0
  for (let start = 0; start < letters.length; start += batchSize) {
    if (!(await isRunning(database, id))) break
    const { done } = await redriveSome(line, letters.slice(start, start + batchSize), {
      delayOf: index => delayOf(start + index),
      before: some => note(database, id, some)
    })
    sent += done
  }
  return sent
}

/** Of many sweeps one sends the portion. */
async function take(database: Database, { id, advanced_at }: Redrive): Promise<boolean> {
  const time = now(database)
  if (advanced_at > time - leastPauseMilliseconds) return false
  const untaken = () => database('redrives').where({ id, advanced_at, state: 'running' })
  return (await repeated(() => untaken().update({ advanced_at: time }))) === 1
}

async function isRunning(database: Database, id: number) {
  const running = () => database('redrives').where({ id, state: 'running' }).first('id')
  return (await repeated(running)) !== undefined
}

/** Before they are sent back, so that none is of which this redrive would not know; with the token they will have. */
async function note(database: Database, redrive_id: number, some: Job[]) {
  if (some.length === 0) return some
  const at = now(database)
  const rows = some.map(job => ({
    ...{ redrive_id, job_id: job.id, at },
    fencing_token: job.fencing_token + 1
  }))
  await repeated(() =>
    database('redriven').insert(rows).onConflict(['redrive_id', 'job_id']).merge()
  )
  return some
}

/** A job that was sent back, and whose next attempt has ended with the error of the group. */
async function findReturned(database: Database, redrive: Redrive): Promise<number | undefined> {
  const rows: Pick<Job, 'id' | 'kind' | 'error'>[] = await repeated(() =>
    database('redriven')
      .join('jobs', 'jobs.id', 'redriven.job_id')
      .where('redriven.redrive_id', redrive.id)
      .whereIn('jobs.state', ['failed', 'retrying'])
      .where('jobs.fencing_token', '>=', database.ref('redriven.fencing_token'))
      .where('jobs.retried_at', '>=', database.ref('redriven.at'))
      .select('jobs.id', 'jobs.kind', 'jobs.error')
      .orderBy('redriven.at', 'desc')
      .limit(mostCompared)
  )
  const same = rows.find(
    ({ kind, error }) => fingerprintOf(kind, error).fingerprint === redrive.fingerprint
  )
  return same?.id
}
