import type { FastifyBaseLogger } from 'fastify'
import type { Database } from '../database.ts'
import { claimant } from './claimant.ts'
import { now } from './clock.ts'
import { isDuplicate, noneIfTaken, repeated, won } from './statement.ts'

/** A run holds its tick for so long, and says every 20 s that it goes on: one whose worker died ends soon. */
const leaseSeconds = 60
const beatSeconds = 20
/** After that it is renewed no more: a run that hangs must not silence its task for good. */
const mostSeconds = 600

export type Key = { task: string; scheduled_at: number }

/** One row of `ticks`. Of each task, only one can have `running_task`: the table sees to it that no two run. */
export type Row = Key & {
  state: 'running' | 'done' | 'failed' | 'skipped' | 'missed'
  running_task: string | null
  fencing_token: number
  claimed_by: string | null
  lease_until: number | null
  began_at: number
  ended_at: number | null
  result: string | null
}

export type Run = Key & Pick<Row, 'fencing_token' | 'claimed_by'>

/** Begins the run of a tick; or says why there is none to begin. */
export async function begin(
  database: Database,
  key: Key
): Promise<Run | 'duplicate' | 'busy' | 'skipped'> {
  for (;;) {
    const fresh = freshRow(database, key, 1)
    if (await inserted(database, fresh)) return fresh
    const row = await find(database, key)
    if (row) return await takeOver(database, row)
    if (await endDead(database, key.task)) continue
    const skipped = await skip(database, key, 'another run of the task is not over')
    return skipped === 'skipped' ? skipped : 'busy'
  }
}

/** Notes that a tick is not run, for everybody who asks why. */
export async function skip(database: Database, key: Key, reason: string) {
  const time = now(database)
  const columns = { ...over('skipped', reason, time), began_at: time }
  if (await inserted(database, { ...key, ...columns, fencing_token: 1 })) return 'skipped'
  const row = await find(database, key)
  if (!row || !isFree(row, time)) return isOver(row) ? 'duplicate' : 'busy'
  const { task, scheduled_at, fencing_token } = row
  const free = { task, scheduled_at, fencing_token, state: row.state }
  const count = await repeated(() => database('ticks').where(free).update(columns))
  return count === 1 ? 'skipped' : 'busy'
}

/** Goes on saying that it runs, until what it gives is called. */
export function keepRunning(database: Database, run: Run, log: Pick<FastifyBaseLogger, 'warn'>) {
  const hangsAt = now(database) + mostSeconds * 1000
  const beat = () => {
    const time = now(database)
    if (time > hangsAt) return
    database('ticks')
      .where({ ...idOf(run), state: 'running' })
      .update({ lease_until: time + leaseSeconds * 1000 })
      .catch(error => log.warn({ err: error, task: run.task }, 'lease of a task not renewed'))
  }
  const timer = setInterval(beat, beatSeconds * 1000).unref()
  return () => clearInterval(timer)
}

/** The latest tick of a task that has run or is running; read backwards by the primary key, as no other index helps. */
export async function lastRun(database: Database, task: string): Promise<Row | undefined> {
  const row = () =>
    database<Row>('ticks')
      .where({ task })
      .whereRaw("COALESCE(state, '') IN ('done', 'running')")
      .orderBy('scheduled_at', 'desc')
      .first()
  return await repeated(row)
}

/** How many runs are under way. */
export async function countRuns(database: Database): Promise<number> {
  const runs = database('ticks').whereNotNull('running_task')
  return (await runs.where('lease_until', '>', now(database)).pluck('task')).length
}

/** Ends a run, unless another has taken over. */
export async function end(database: Database, run: Run, state: 'done' | 'failed', result: string) {
  const columns = over(state, result, now(database))
  await repeated(() => database('ticks').where(idOf(run)).update(columns))
}

function over(state: Row['state'], result: string, time: number) {
  const text = result.slice(0, 4000)
  return { state, result: text, running_task: null, lease_until: null, ended_at: time }
}

function freshRow(database: Database, { task, scheduled_at }: Key, fencing_token: number): Row {
  const time = now(database)
  const lease = { began_at: time, lease_until: time + leaseSeconds * 1000, claimed_by: claimant() }
  const running = { state: 'running' as const, running_task: task, ended_at: null, result: null }
  return { task, scheduled_at, fencing_token, ...running, ...lease }
}

/** One that has failed, was taken for missed, or whose worker died. It stays busy while another tick runs. */
async function takeOver(database: Database, row: Row): Promise<Run | 'duplicate' | 'busy'> {
  if (isOver(row)) return 'duplicate'
  if (!isFree(row, now(database))) return 'busy'
  const fresh = freshRow(database, row, row.fencing_token + 1)
  const { task, scheduled_at, fencing_token, state } = row
  const update = () =>
    database('ticks').where({ task, scheduled_at, fencing_token, state }).update(fresh)
  try {
    const isMine = await won(update, async () => isSame(await find(database, row), fresh))
    return isMine ? fresh : 'busy'
  } catch (error) {
    if (!isDuplicate(error)) throw error
    await endDead(database, task)
    return 'busy'
  }
}

/** Ends the run of a task whose worker died. */
async function endDead(database: Database, task: string): Promise<boolean> {
  const time = now(database)
  const dead = () =>
    database('ticks').where({ running_task: task }).where('lease_until', '<=', time)
  return (await repeated(() => dead().update(over('failed', 'Its worker died.', time)))) > 0
}

/** False if there is a row for this tick, or another tick of the task runs. */
async function inserted(database: Database, row: Partial<Row> & Key): Promise<boolean> {
  const insert = () =>
    database('ticks')
      .insert(row)
      .then(() => 1, noneIfTaken)
  return await won(
    insert,
    async () => row.claimed_by !== undefined && isSame(await find(database, row), row)
  )
}

async function find(database: Database, { task, scheduled_at }: Key): Promise<Row | undefined> {
  return await repeated(() => database<Row>('ticks').where({ task, scheduled_at }).first())
}

const idOf = ({ task, scheduled_at, fencing_token }: Run) => ({ task, scheduled_at, fencing_token })
const isSame = (row: Row | undefined, mine: Partial<Row>) => row?.claimed_by === mine.claimed_by
const isOver = (row: Row | undefined) => row?.state === 'done' || row?.state === 'skipped'

function isFree({ state, lease_until }: Row, time: number) {
  if (state === 'running') return (lease_until ?? 0) <= time
  return state === 'failed' || state === 'missed'
}
