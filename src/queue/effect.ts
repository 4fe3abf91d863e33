import { setTimeout } from 'node:timers/promises'
import { type Database, isDuplicate, unblocked } from '../database.ts'
import type { Job } from './job.ts'
import { GiveUp, RetryLater } from './outcome.ts'

type Effect = { fencing_token: number; receipt: string | null; done_at: number | null }

/** What can't be taken back: its name in the ledger, and what to do when nobody knows whether it happened. */
export type Step = { name: string; onDoubt: 'repeat' | 'hold' }

/** The operator has decided that a doubtful effect is to be done again. */
const decided = 0

/**
 * Does what must not happen twice for a job, such as sending its mail: recorded before and after in
 * the ledger `effects`. A later attempt finds the receipt and does nothing. If an earlier one died
 * in between, nobody knows whether it happened; that is counted, and by `onDoubt` it is done again, after
 * `doubt` was called, or the job is given up for the operator to decide. Throws when the attempt has lost
 * its job; `signal` is that of its lease. A `GiveUp` or `RetryLater` of `act` means that nothing
 * happened, so the entry is taken back.
 */
export async function once<Receipt>(
  database: Database,
  attempt: Job,
  step: Step,
  act: () => Promise<Receipt>,
  { signal, doubt }: { signal: AbortSignal; doubt(): void }
): Promise<Receipt> {
  const entry = { job_id: attempt.id, step: step.name }
  if (!(await begin(database, attempt, step))) {
    const before: Effect | undefined = await database('effects').where(entry).first()
    if (before?.done_at && before.receipt) return JSON.parse(before.receipt)
    if (!before || !(await takeOver(database, attempt, step)))
      throw new Error(`Another attempt holds the job; its ${step.name} is left to that one.`)
    if (before.fencing_token !== decided) doubtful(step, doubt)
  }
  const mine = { ...entry, fencing_token: attempt.fencing_token }
  const receipt = await act().catch(async error => {
    if (error instanceof GiveUp || error instanceof RetryLater)
      await written(() => database('effects').where(mine).delete(), signal)
    throw error
  })
  const done = { receipt: JSON.stringify(receipt), done_at: Date.now() }
  await written(() => database('effects').where(mine).update(done), signal)
  return receipt
}

function doubtful({ name, onDoubt }: Step, doubt: () => void) {
  doubt()
  if (onDoubt === 'hold')
    throw new GiveUp(
      `Nobody knows whether the ${name} of an earlier attempt went out. Find out, then retry the job to do it again, or discard it.`
    )
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
    .select('id', database.raw('?', [step.name]), 'fencing_token', database.raw('?', [Date.now()]))
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
        began_at: Date.now()
      })
  )
  return count === 1
}
