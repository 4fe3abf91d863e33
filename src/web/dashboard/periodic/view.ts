import type { Database } from '../../../database.ts'
import { now } from '../../../queue/clock.ts'
import type { Line } from '../../../queue/perform.ts'
import type { Periodic } from '../../../queue/periodic.ts'
import { latestSeconds } from '../../../queue/tick.ts'
import {
  countTicks,
  latestRuns,
  latestThatCame,
  type Noted,
  type TickState,
  tasksWithTicks
} from '../../../queue/tick-log.ts'

/** A task as it stands; `entries` are its places in cron.yaml, none where it is no longer there. */
export type TaskView = {
  task: string
  entries: Periodic[]
  /** The latest first. */
  runs: Noted[]
  /** Of the last 24 hours. */
  counts: Partial<Record<TickState, number>>
  next: number | undefined
  /** When a tick was due that should have come by now and has not. */
  overdueAt: number | undefined
  now: number
}

type Schedule = Pick<Line, 'database' | 'schedule'>

const day = 86_400_000
const drawnRuns = 50

/** The tasks of cron.yaml in its order, then those that only the ticks know. */
export async function viewTasks({ database, schedule = [] }: Schedule): Promise<TaskView[]> {
  const planned = schedule.map(({ task }) => task)
  const names = new Set([...planned, ...(await tasksWithTicks(database))])
  return await Promise.all([...names].map(task => view(database, task, schedule)))
}

/** Nothing for a task that neither cron.yaml nor the ticks know. */
export async function viewTask(
  { database, schedule = [] }: Schedule,
  task: string
): Promise<TaskView | undefined> {
  const one = await view(database, task, schedule)
  const isKnown = one.entries.length > 0 || (await tasksWithTicks(database)).includes(task)
  return isKnown ? one : undefined
}

async function view(database: Database, task: string, schedule: Periodic[]): Promise<TaskView> {
  const time = now(database)
  const entries = schedule.filter(one => one.task === task)
  const [runs, counts, last] = [
    await latestRuns(database, task, drawnRuns),
    await countTicks(database, task, time - day),
    await latestThatCame(database, task)
  ]
  const dueAfterLast = last && nextOf(entries, last.scheduled_at)
  const isOverdue = dueAfterLast !== undefined && dueAfterLast < time - latestSeconds * 1000
  return {
    ...{ task, entries, runs, counts, now: time, next: nextOf(entries, time) },
    overdueAt: isOverdue ? dueAfterLast : undefined
  }
}

function nextOf(entries: Periodic[], after: number): number | undefined {
  const times = entries.flatMap(({ next }) => next(new Date(after))?.getTime() ?? [])
  return times.length > 0 ? Math.min(...times) : undefined
}
