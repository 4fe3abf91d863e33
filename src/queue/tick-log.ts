import type { Database } from '../database.ts'
import { type Key, lastRun, type Row } from './run.ts'

export type TickState = Row['state']
/** A tick as people see it. */
export type Noted = Key & Pick<Row, 'state' | 'began_at' | 'ended_at' | 'result'>

const columns = ['task', 'scheduled_at', 'state', 'began_at', 'ended_at', 'result'] as const

/** The tasks that have ticks, also those that are no longer in cron.yaml. */
export async function tasksWithTicks(database: Database): Promise<string[]> {
  return await database('ticks').distinct('task').pluck('task')
}

/** The latest of each task that has run or is running. */
export async function lastRuns(database: Database): Promise<Row[]> {
  const tasks = await tasksWithTicks(database)
  const rows = await Promise.all(tasks.map(task => lastRun(database, task)))
  return rows.filter(row => row !== undefined)
}

/** The ticks of a task that have run or are running, the latest first. */
export async function latestRuns(database: Database, task: string, most: number): Promise<Noted[]> {
  const runs = inOrder(database, task).whereRaw(
    "COALESCE(state, '') IN ('done', 'failed', 'running')"
  )
  return (await runs.limit(most)).map(noted)
}

/** The latest tick of a task that came, whatever became of it; those that were asked for by hand tell nothing of the rest. */
export async function latestThatCame(database: Database, task: string): Promise<Noted | undefined> {
  const came = inOrder(database, task)
    .whereRaw("COALESCE(state, '') <> 'missed'")
    .whereRaw('scheduled_at % 60000 = 0')
  return (await came.limit(1)).map(noted)[0]
}

/** How a task stands: when its latest tick began that was not asked for by hand, and whether its latest run failed. */
export type TaskStanding = { task: string; cameAt: number | undefined; hasFailed: boolean }

export async function standingOf(database: Database, task: string): Promise<TaskStanding> {
  const came = await latestThatCame(database, task)
  const ended = inOrder(database, task).whereRaw("COALESCE(state, '') IN ('done', 'failed')")
  const [last] = await ended.limit(1)
  return { task, cameAt: came?.began_at, hasFailed: last?.state === 'failed' }
}

/** How many ticks of a task there are of each state, of those that were due since a time. */
export async function countTicks(
  database: Database,
  task: string,
  since: number
): Promise<Partial<Record<TickState, number>>> {
  const rows = await database('ticks')
    .select('state')
    .count<{ state: TickState; count: number }[]>({ count: '*' })
    .where({ task })
    .where('scheduled_at', '>=', since)
    .groupBy('state')
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]))
}

export type TickFilter = { state?: TickState | undefined; before?: number | undefined }

/** Ticks of a task, the latest first; `before` is the time that the last of the page before was due. */
export async function listTicks(
  database: Database,
  task: string,
  { state, before }: TickFilter,
  most: number
): Promise<Noted[]> {
  const page = inOrder(database, task).limit(most)
  if (state) page.where({ state })
  if (before) page.where('scheduled_at', '<', before)
  return (await page).map(noted)
}

export async function findTick(database: Database, key: Key): Promise<Noted | undefined> {
  const row = await database<Row>('ticks')
    .select(...columns)
    .where(key)
    .first()
  return row && noted(row)
}

/** Read backwards by the primary key, which names of states keep MySQL from (`COALESCE` hides them). */
const inOrder = (database: Database, task: string) =>
  database<Row>('ticks')
    .select(...columns)
    .where({ task })
    .orderBy('scheduled_at', 'desc')

/** MySQL may give large numbers as text. */
const noted = (row: Noted): Noted => ({
  ...row,
  scheduled_at: Number(row.scheduled_at),
  began_at: Number(row.began_at),
  ended_at: row.ended_at === null ? null : Number(row.ended_at)
})
