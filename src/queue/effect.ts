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

/** The same with its name and its beginning, as the operator sees it. */
export type NamedEffect = Effect & { step: string; began_at: number }

export async function effectsOf(
  database: Database,
  { id }: Pick<Job, 'id'>
): Promise<NamedEffect[]> {
  const entries = () => database('effects').where({ job_id: id }).orderBy('began_at')
  return await repeated(entries)
}

/**
 * The next attempt may do it without another count: the operator has decided so, or an attempt that has taken
 * it over knows that nothing came of its own try.
 */
export const decided = 0

/** An attempt has counted the doubt and fails the job for it: nothing is done until the operator has decided. */
export const asked = -1

/**
 * Lets the next attempt do what the operator was asked about; part of his order to retry. A doubt that nobody has
 * told him of stays one. Only while the job has failed: an attempt under way is about to ask.
 */
export async function decide(database: Database, { id, fencing_token }: Job) {
  const failed = () => database('jobs').where({ id, fencing_token, state: 'failed' })
  const held = { job_id: id, done_at: null, fencing_token: asked }
  await repeated(() =>
    database('effects').where(held).whereExists(failed()).update({ fencing_token: decided })
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
async function isMine(
  database: Database,
  { id, fencing_token }: Pick<Job, 'id' | 'fencing_token'>,
  step: string
) {
  const entry = { job_id: id, step, fencing_token, done_at: null }
  return (await repeated(() => database('effects').where(entry).first('step'))) !== undefined
}

/** How many rows a raw statement has written: Knex passes on what each driver says. */
function changed(said: { changes: number } | { affectedRows: number }[]): number {
  return Array.isArray(said) ? (said[0]?.affectedRows ?? 0) : said.changes
}

/** Makes the entry of an earlier attempt this one's, or the operator's (`asked`), and counts the doubt if nobody has. */
export async function takeOver(
  database: Database,
  attempt: Job,
  step: string,
  owner = attempt.fencing_token
): Promise<boolean> {
  const { id, fencing_token } = attempt
  const doubts = 'ambiguous + CASE fencing_token WHEN ? THEN 0 WHEN ? THEN 0 ELSE 1 END'
  const update = () =>
    database('effects')
      .where({ job_id: id, step, done_at: null })
      .where('fencing_token', '<', fencing_token)
      .whereExists(database('jobs').where({ id, fencing_token, state: 'running' }))
      .update({
        ambiguous: database.raw(doubts, [decided, asked]),
        fencing_token: owner,
        began_at: now(database)
      })
  return await won(update, () => isMine(database, { id, fencing_token: owner }, step))
}
