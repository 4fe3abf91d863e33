import type { Database } from '../database.ts'
import { now } from './clock.ts'
import type { Line } from './perform.ts'
import { begin, end, type Key, keepRunning, lastRun, skip } from './run.ts'

/** A periodic task, and the time that cron.yaml names for this run of it. */
export type Tick = { task: string; scheduledAt: Date }

/** How a tick ended. `work` did it, for the others there was nothing to do. */
export type TickOutcome = 'done' | 'duplicate' | 'skipped' | 'busy'

/** A tick that comes later than this may tell of a past that another run has covered. */
export const latestSeconds = 600

/**
 * Runs a periodic task once for each time it is due, however often its message comes: one row for
 * each tick, with a lease. A tick is skipped when another of its task still runs; and when it is late and there was
 * another run lately. Behind a long queue all ticks are late, and without them nothing would be swept.
 * Rejects with the error of `work`, after noting it; the message then comes again.
 */
export async function runTick(
  { database, log }: Pick<Line, 'database' | 'log'>,
  { task, scheduledAt }: Tick,
  work: () => Promise<object>
): Promise<TickOutcome> {
  const key = { task, scheduled_at: scheduledAt.getTime() }
  const reason = await lateness(database, key)
  const begun = reason ? await skip(database, key, reason) : await begin(database, key)
  if (begun === 'skipped')
    log.warn(
      { task, scheduledAt },
      `tick skipped: ${reason ?? 'another run of the task is not over'}`
    )
  if (typeof begun === 'string') return begun
  const stop = keepRunning(database, begun, log)
  try {
    const result = await work()
    await end(database, begun, 'done', JSON.stringify(result))
    log.info({ task, scheduledAt, ...result }, 'task done')
    return 'done'
  } catch (error) {
    await end(database, begun, 'failed', String(error))
    throw error
  } finally {
    stop()
  }
}

/** Why a tick need not run any more. */
async function lateness(database: Database, { task, scheduled_at }: Key) {
  const seconds = Math.round((now(database) - scheduled_at) / 1000)
  if (seconds <= latestSeconds) return undefined
  const last = await lastRun(database, task)
  const isCovered =
    last &&
    (last.scheduled_at > scheduled_at || last.began_at > now(database) - latestSeconds * 1000)
  return isCovered ? `it is ${seconds} s late, and another run came after its time` : undefined
}
