import type { Database } from '../database.ts'
import { now } from './clock.ts'
import { repeated } from './statement.ts'

export type Details = Record<string, unknown>

/** What somebody has done on the dashboard or from a shell, or a program by the API; a row of `actions`. */
export type Action = {
  id: number
  at: number
  role: 'operator' | 'viewer' | 'api'
  /** As typed at the login; of the shell, the login name or `--as`; of a program, the name of its key. */
  name: string
  /** Of the machine of a shell, its name. */
  address: string
  action: string
  job_id: number | null
  /** `begun` stays where the process died before it knew. */
  outcome: 'begun' | 'done' | 'nothing' | 'failed'
  /** JSON, or null for none. */
  details: string | null
}

type Entry = Pick<Action, 'role' | 'name' | 'address' | 'action' | 'job_id'> & { details: Details }

/** Gives the id of the new entry. One whose answer was lost may be there twice, once as `begun`. */
export async function beginAction(
  database: Database,
  { details, ...entry }: Entry
): Promise<number> {
  const row = { ...entry, at: now(database), outcome: 'begun', details: jsonOf(details) }
  const [id] = await repeated(() => database('actions').insert(row))
  return Number(id)
}

export async function endAction(
  database: Database,
  id: number,
  outcome: Action['outcome'],
  details: Details
) {
  const end = { outcome, details: jsonOf(details) }
  await repeated(() => database('actions').where({ id }).update(end))
}

export type ActionFilter = { job?: number | undefined; before?: number | undefined }

/** From the newest on; `before` is the id that the page before ended with. */
export async function listActions(
  database: Database,
  { job, before }: ActionFilter,
  most = 50
): Promise<Action[]> {
  const page = database<Action>('actions').orderBy('id', 'desc').limit(most)
  if (before) page.where('id', '<', before)
  if (job) page.where({ job_id: job })
  return await page
}

/** Forgets some 500 entries that are older than a time; gives how many. */
export async function forgetActions(database: Database, before: number): Promise<number> {
  const old = await database('actions').where('at', '<', before).limit(500).pluck('id')
  return await database('actions').whereIn('id', old).delete()
}

const jsonOf = (details: Details) =>
  Object.keys(details).length > 0 ? JSON.stringify(details) : null
