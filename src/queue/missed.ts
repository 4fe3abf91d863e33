import type { Database } from '../database.ts'
import { now } from './clock.ts'
import type { Line } from './perform.ts'
import type { Due } from './periodic.ts'
import { noneIfTaken } from './statement.ts'
import { latestSeconds } from './tick.ts'
import { countTicks, tasksWithTicks } from './tick-log.ts'

const hour = 3_600_000
/** So many for each task in one look; the next one goes on. */
const most = 100

/**
 * Notes in `ticks` the times at which a task was due and no tick of it came, once each; gives how many. A tick may
 * be ten minutes late. What was due before the first tick of a task is not looked for.
 */
export async function noteMissed({
  database,
  log,
  schedule = []
}: Pick<Line, 'database' | 'log'> & { schedule?: Due[] }): Promise<number> {
  const until = now(database) - latestSeconds * 1000
  let count = 0
  for (const due of schedule) {
    const missed = await missedOf(database, due, until)
    for (const time of missed) await note(database, due.task, time)
    count += missed.length
    const [first] = missed
    if (first !== undefined)
      log.error(
        { task: due.task, missed: missed.length, first: new Date(first) },
        'ticks of cron.yaml never came: see whether sqsd runs on the leader, and the workers answer'
      )
  }
  return count
}

/** Of the last hour; and of all the time since the tick before, for a rare task or after a long silence. */
async function missedOf(database: Database, { task, next }: Due, until: number) {
  const since = until - hour
  // One that was asked for by hand tells nothing of those before it.
  const last = await ticksOf(database, task)
    .where('scheduled_at', '<', since)
    .whereRaw('scheduled_at % 60000 = 0')
    .orderBy('scheduled_at', 'desc')
    .first('scheduled_at')
  const came: number[] = await ticksOf(database, task)
    .whereBetween('scheduled_at', [since, until])
    .orderBy('scheduled_at')
    .pluck('scheduled_at')
  const known = new Set(came.map(Number))
  const missed: number[] = []
  const first = last?.scheduled_at ?? came[0]
  let time = first === undefined ? undefined : next(new Date(Number(first)))?.getTime()
  while (time !== undefined && time <= until && missed.length < most) {
    if (!known.has(time)) missed.push(time)
    time = next(new Date(time))?.getTime()
  }
  return missed
}

const ticksOf = (database: Database, task: string) => database('ticks').where({ task })

async function note(database: Database, task: string, scheduled_at: number) {
  const row = { task, scheduled_at, state: 'missed', began_at: now(database) }
  await database('ticks')
    .insert({ ...row, result: 'No worker got it in time.' })
    .catch(noneIfTaken)
}

/** How many there were of each task since a time. */
export async function missedSince(database: Database, since: number): Promise<[string, number][]> {
  const tasks = await tasksWithTicks(database)
  const counted = tasks.map(async (task): Promise<[string, number]> => {
    const counts = await countTicks(database, task, since)
    return [task, counts.missed ?? 0]
  })
  return (await Promise.all(counted)).filter(([, count]) => count > 0)
}
