import type { Database } from '../database.ts'
import { now } from './clock.ts'
import type { Job } from './job.ts'
import { noneIfTaken, repeated, won } from './statement.ts'

/**
 * An entry of the ledger: the attempt that may do the step of a job, and the receipt as JSON: from the first what
 * it tells of (`files`), and once it is done, what was received for it.
 */
export type Effect = {
  fencing_token: number
  /** How often it was taken over although it may have happened. */
  ambiguous: number
  receipt: string | null
  done_at: number | null
}

/**
 * The next attempt may do it without another count: the operator has decided so, or an attempt that has taken
 * it over knows that nothing came of its own try.
 */
export const decided = 0

/**
 * Lets the next attempt do what is still in doubt; part of the operator's order to retry. Only while the job
 * has failed: the entry of an attempt under way is its own, and needed for its receipt.
 */
export async function decide(database: Database, { id, fencing_token }: Job) {
  const failed = () => database('jobs').where({ id, fencing_token, state: 'failed' })
  const open = { job_id: id, done_at: null }
  await repeated(() =>
    database('effects').where(open).whereExists(failed()).update({ fencing_token: decided })
  )
}

/** One statement, so that only the attempt that still holds the job can write the entry; false if it can't. */
export async function begin(
  database: Database,
  attempt: Job,
  step: string,
  receipt: object
): Promise<boolean> {
  const { id, fencing_token } = attempt
  const entry = database('jobs')
    .select('id', database.raw('?', [step]), 'fencing_token')
    .select(database.raw('?, ?', [now(database), JSON.stringify(receipt)]))
    .where({ id, fencing_token, state: 'running' })
  const { sql, bindings } = entry.toSQL().toNative()
  const insert = `INSERT INTO effects (job_id, step, fencing_token, began_at, receipt) ${sql}`
  const write = () => database.raw(insert, [...bindings]).then(changed, noneIfTaken)
  return await won(write, () => isMine(database, attempt, step))
}

/** Whether the entry is this attempt's, which begins each step once. */
async function isMine(database: Database, { id, fencing_token }: Job, step: string) {
  const entry = { job_id: id, step, fencing_token, done_at: null }
  return (await repeated(() => database('effects').where(entry).first('step'))) !== undefined
}

/** How many rows a raw statement has written: Knex passes on what each driver says. */
function changed(said: { changes: number } | { affectedRows: number }[]): number {
  return Array.isArray(said) ? (said[0]?.affectedRows ?? 0) : said.changes
}

/** Makes the entry of an earlier attempt this one's, and counts the doubt. */
export async function takeOver(database: Database, attempt: Job, step: string): Promise<boolean> {
  const { id, fencing_token } = attempt
  const doubts = 'ambiguous + CASE fencing_token WHEN ? THEN 0 ELSE 1 END'
  const update = () =>
    database('effects')
      .where({ job_id: id, step, done_at: null })
      .where('fencing_token', '<', fencing_token)
      .whereExists(database('jobs').where({ id, fencing_token, state: 'running' }))
      .update({
        ambiguous: database.raw(doubts, [decided]),
        fencing_token,
        began_at: now(database)
      })
  return await won(update, () => isMine(database, attempt, step))
}
