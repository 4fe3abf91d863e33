import type { Database } from '../../../database.ts'
import { now, skewSeconds } from '../../../queue/clock.ts'
import { counts } from '../../../queue/listing.ts'
import { countReturned } from '../../../queue/mail-event.ts'
import { missedSince } from '../../../queue/missed.ts'
import type { Line } from '../../../queue/perform.ts'
import type { Periodic } from '../../../queue/periodic.ts'
import { lastRun } from '../../../queue/run.ts'
import * as standing from '../../../queue/standing.ts'
import { standingOf, tasksWithTicks } from '../../../queue/tick-log.ts'
import { within } from '../../../within.ts'

/** The line as it stands at one moment; what SQS did not tell is an error that says why. */
export type Sight = Awaited<ReturnType<typeof readSight>>

const hour = 3_600_000
/** The page does not wait longer for SQS. */
const patienceSeconds = 1

export async function readSight({
  database,
  queue,
  schedule = []
}: Pick<Line, 'database' | 'queue' | 'schedule'>) {
  const time = now(database)
  const messages = ask(queue.counts())
  const dead = ask(queue.deadLetterDepth())
  return {
    time,
    counts: await counts(database),
    finishedLately: await standing.countSince(database, 'finished', time - hour),
    failedLately: await standing.countSince(database, 'failed', time - hour),
    waiting: await standing.longestWaiting(database),
    unswept: await standing.countUnswept(database),
    doubts: await standing.countDoubts(database),
    returned: await countReturned(database),
    firstRecordedAt: await standing.firstRecordedAt(database),
    lastSweepAt: numberOf((await lastRun(database, 'sweep'))?.began_at),
    tasks: await readTasks(database, schedule),
    missed: await missedSince(database, time - 24 * hour),
    skewSeconds: skewSeconds(database),
    messages: await messages,
    dead: await dead
  }
}

/** Those of cron.yaml, if it is there; else all that have ticks. */
async function readTasks(database: Database, schedule: Periodic[]) {
  const planned = new Set(schedule.map(({ task }) => task))
  const names = planned.size > 0 ? [...planned] : await tasksWithTicks(database)
  return await Promise.all(names.map(task => standingOf(database, task)))
}

const numberOf = (value: number | undefined) => (value === undefined ? undefined : Number(value))

const ask = <Value>(answer: Promise<Value>): Promise<Value | Error> =>
  within(patienceSeconds, answer).catch(error =>
    error instanceof Error ? error : new Error(String(error))
  )
