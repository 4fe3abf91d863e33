import { setTimeout } from 'node:timers/promises'
import { type Database, isDuplicate, unblocked } from '../database.ts'
import { now } from './clock.ts'
import type { Job } from './job.ts'
import { GiveUp, RetryLater } from './outcome.ts'

type Effect = {
  fencing_token: number
  ambiguous: number
  receipt: string | null
  done_at: number | null
}

/** What can't be taken back: its name in the ledger, and what to do when nobody knows whether it happened. */
export type Step = { name: string; onDoubt: 'repeat' | 'hold' }

/**
 * The next attempt may do it without another count: the operator has decided so, or an attempt that has taken
 * it over knows that nothing came of its own try.
 */
const decided = 0

/**
 * Does what must not happen twice for a job, such as sending its mail: recorded before and after in
 * the ledger `effects`. A later attempt finds the receipt and does nothing. If an earlier one died
 * in between, nobody knows whether it happened; that is counted, and by `onDoubt` it is done again, after
 * `doubt` was called, or the job is given up for the operator to decide. Throws when the attempt has lost
 * its job; `signal` is that of its lease. A `GiveUp` or `RetryLater` of `act` means that nothing
 * happened, so the entry is taken back; one that counts a doubt stays, for the doubt does.
 */
export async function once<Receipt>(
  database: Database,
  attempt: Job,
  step: Step,
  act: () => Promise<Receipt>,
  { signal, doubt }: { signal: AbortSignal; doubt(): void }
): Promise<Receipt> {
  const mine = { job_id: attempt.id, step: step.name, fencing_token: attempt.fencing_token }
  const row = () => database('effects').where(mine)
  const isNew = await begin(database, attempt, step)
  const earlier = isNew ? undefined : await beginAgain<Receipt>(database, attempt, step, doubt)
  if (earlier) return earlier
  const receipt = await act().catch(async error => {
    if (error instanceof GiveUp || error instanceof RetryLater)
      await written(
        () => (isNew ? row().delete() : row().update({ fencing_token: decided })),
        signal
      )
    throw error
  })
  const done = { receipt: JSON.stringify(receipt), done_at: now(database) }
  await written(() => row().update(done), signal)
  return receipt
}

/** Gives the receipt of an earlier attempt, or takes over what it has left in doubt. */
async function beginAgain<Receipt>(
  database: Database,
  attempt: Job,
  step: Step,
  doubt: () => void
): Promise<Receipt | undefined> {
  const entry = { job_id: attempt.id, step: step.name }
  const before: Effect | undefined = await database('effects').where(entry).first()
  const isDone = before?.done_at && before.receipt
  if (!before || !(isDone || (await takeOver(database, attempt, step))))
    throw new Error(`Another attempt holds the job; its ${step.name} is left to that one.`)
  const isOpen = !isDone && before.fencing_token !== decided
  // With `hold` the operator has found out by then, or has taken it upon himself.
  if (isOpen || (before.ambiguous > 0 && step.onDoubt === 'repeat')) doubt()
  if (isOpen && step.onDoubt === 'hold')
    throw new GiveUp(
      `Nobody knows whether the ${step.name} of an earlier attempt went out. Find out, then retry the job to do it again, or discard it.`
    )
  return isDone ? JSON.parse(isDone) : undefined
}

/**
 * Lets the next attempt do what is still in doubt; part of the operator's order to retry. Only while the job
 * has failed: the entry of an attempt under way is its own, and needed for its receipt.
 */
export async function decide(database: Database, { id, fencing_token }: Job) {
  const failed = () => database('jobs').where({ id, fencing_token, state: 'failed' })
  const open = { job_id: id, done_at: null }
  await unblocked(() =>
    database('effects').where(open).whereExists(failed()).update({ fencing_token: decided })
  )
}

const pauseMilliseconds = 500

/** Tries while the lease holds: a receipt that is not written means a second mail later. */
async function written(statement: () => PromiseLike<unknown>, signal: AbortSignal) {
  for (;;) {
    try {
      return await unblocked(statement)
    } catch (error) {
      if (signal.aborted) throw error
      await setTimeout(pauseMilliseconds)
    }
  }
}

/** One statement, so that only the attempt that still holds the job can write the entry; false if it can't. */
async function begin(database: Database, attempt: Job, step: Step): Promise<boolean> {
  const { id, fencing_token } = attempt
  const entry = database('jobs')
    .select(
      'id',
      database.raw('?', [step.name]),
      'fencing_token',
      database.raw('?', [now(database)])
    )
    .where({ id, fencing_token, state: 'running' })
  const { sql, bindings } = entry.toSQL().toNative()
  const insert = `INSERT INTO effects (job_id, step, fencing_token, began_at) ${sql}`
  try {
    return changed(await unblocked(() => database.raw(insert, [...bindings]))) === 1
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

/** How many rows a raw statement has written: Knex passes on what each driver says. */
function changed(said: { changes: number } | { affectedRows: number }[]): number {
  return Array.isArray(said) ? (said[0]?.affectedRows ?? 0) : said.changes
}

async function takeOver(database: Database, attempt: Job, step: Step) {
  const { id, fencing_token } = attempt
  const count = await unblocked(() =>
    database('effects')
      .where({ job_id: id, step: step.name })
      .where('fencing_token', '<', fencing_token)
      .whereExists(database('jobs').where({ id, fencing_token, state: 'running' }))
      .update({
        ambiguous: database.raw('ambiguous + CASE fencing_token WHEN ? THEN 0 ELSE 1 END', [
          decided
        ]),
        fencing_token,
        began_at: now(database)
      })
  )
  return count === 1
}
