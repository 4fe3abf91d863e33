import type { Database } from '../database.ts'
import { now } from './clock.ts'
import type { LetterGroup } from './letter-list.ts'
import { isDuplicate, repeated } from './statement.ts'

/** A row of `redrives`: the order to send back a group of dead letters little by little. Times are milliseconds since 1970. */
export type Redrive = {
  id: number
  fingerprint: string
  /** The same while it runs: unique, so that a group has one at a time. */
  running_fingerprint: string | null
  kind: string
  sentence: string
  per_minute: number
  /** How many letters the group had when it began. */
  total: number
  /** `returned`: it has stopped by itself, as the same error came back. */
  state: 'running' | 'done' | 'stopped' | 'returned'
  /** Who has ordered it. */
  name: string
  /** The job that has failed again with the same error. */
  returned_job_id: number | null
  began_at: number
  /** When its latest portion began. */
  advanced_at: number
  ended_at: number | null
}

export type RedriveWithCount = Redrive & { sent: number }

export const mostPerMinute = 1000

type Group = Pick<LetterGroup, 'fingerprint' | 'kind' | 'sentence' | 'count'>

/** Begins it, to be carried on by the sweep; nothing where one of the group runs already. */
export async function startRedrive(
  database: Database,
  { fingerprint, kind, sentence, count }: Group,
  { perMinute, name }: { perMinute: number; name: string }
): Promise<number | undefined> {
  const row: Omit<Redrive, 'id'> = {
    ...{ fingerprint, running_fingerprint: fingerprint, kind, sentence, name },
    ...{ per_minute: perMinute, total: count, state: 'running', returned_job_id: null },
    ...{ began_at: now(database), advanced_at: 0, ended_at: null }
  }
  try {
    const [id] = await repeated(() => database('redrives').insert(row))
    return Number(id)
  } catch (error) {
    if (isDuplicate(error)) return undefined
    throw error
  }
}

/** Ends one that runs; false if it has ended before. */
export async function endRedrive(
  database: Database,
  id: number,
  state: Exclude<Redrive['state'], 'running'>,
  returnedJob: number | null = null
): Promise<boolean> {
  const end = { state, running_fingerprint: null, returned_job_id: returnedJob }
  const columns = { ...end, ended_at: now(database) }
  const running = () => database('redrives').where({ id, state: 'running' }).update(columns)
  return (await repeated(running)) === 1
}

export async function findRunning(database: Database): Promise<Redrive[]> {
  return await repeated(() => database<Redrive>('redrives').whereNotNull('running_fingerprint'))
}

const shownAfterEnd = 86_400_000
const mostListed = 20

/** Those that run and those that ended in the last day, the newest first, with how many jobs each has sent back. */
export async function listRedrives(
  database: Database,
  fingerprint?: string
): Promise<RedriveWithCount[]> {
  const ended = database<Redrive>('redrives')
    .where('ended_at', '>=', now(database) - shownAfterEnd)
    .orderBy('ended_at', 'desc')
    .limit(mostListed)
  const rows = [...(await findRunning(database)), ...(await ended)]
  const wanted = rows.filter(row => fingerprint === undefined || row.fingerprint === fingerprint)
  return await Promise.all(
    wanted.map(async row => ({ ...row, sent: await countSent(database, row.id) }))
  )
}

async function countSent(database: Database, id: number) {
  const [row] = await database('redriven').where({ redrive_id: id }).count({ count: '*' })
  return Number(row?.['count'])
}

/** Forgets those that ended before a time; gives how many. */
export async function forgetRedrives(database: Database, before: number): Promise<number> {
  const old = await database('redrives').where('ended_at', '<', before).limit(500).pluck('id')
  await database('redriven').whereIn('redrive_id', old).delete()
  return await database('redrives').whereIn('id', old).delete()
}
