import { setTimeout } from 'node:timers/promises'
import { type Database, unblocked } from '../database.ts'
import type { Job } from './job.ts'
import { GiveUp, RetryLater } from './outcome.ts'

type Effect = { fencing_token: number; receipt: string | null; done_at: number | null }

/**
 * Does what must not happen twice for a job, such as sending its mail: recorded before and after in
 * the ledger `effects`. A later attempt finds the receipt and does nothing; if an earlier one died
 * in between, nobody knows whether it happened: it is done again and counted as ambiguous.
 * Throws when the attempt has lost its job; `signal` is that of its lease. A `GiveUp` or `RetryLater` of `act` means that nothing
 * happened, so the entry is taken back.
 */
export async function once<Receipt>(
  database: Database,
  attempt: Job,
  step: string,
  act: () => Promise<Receipt>,
  signal: AbortSignal
): Promise<Receipt> {
  const entry = { job_id: attempt.id, step }
  const before: Effect | undefined = await database('effects').where(entry).first()
  if (before?.done_at && before.receipt) return JSON.parse(before.receipt)
  const isMine = before
    ? await takeOver(database, attempt, step)
    : await begin(database, attempt, step)
  if (!isMine) throw new Error(`Another attempt holds the job; its ${step} is left to that one.`)
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

/** One statement, so that only the attempt that still holds the job can write the entry. */
async function begin(database: Database, attempt: Job, step: string) {
  const { id, fencing_token } = attempt
  const entry = database('jobs')
    .select('id', database.raw('?', [step]), 'fencing_token', database.raw('?', [Date.now()]))
    .where({ id, fencing_token, state: 'running' })
  const columns = database.raw('effects (job_id, step, fencing_token, began_at)')
  await unblocked(() => database(columns).insert(entry))
  const written = await database('effects').where({ job_id: id, step, fencing_token }).first('step')
  return Boolean(written)
}

async function takeOver(database: Database, attempt: Job, step: string) {
  const { id, fencing_token } = attempt
  const count = await unblocked(() =>
    database('effects')
      .where({ job_id: id, step })
      .where('fencing_token', '<', fencing_token)
      .whereExists(database('jobs').where({ id, fencing_token, state: 'running' }))
      .update({ fencing_token, ambiguous: database.raw('ambiguous + 1'), began_at: Date.now() })
  )
  return count === 1
}
