import type { Database } from '../database.ts'
import type { Line } from './perform.ts'
import { isDuplicate, repeated } from './statement.ts'

/** A periodic task, and the time that cron.yaml names for this run of it. */
export type Tick = { task: string; scheduledAt: Date }

/** How a tick ended. `work` did it, for the others there was nothing to do. */
export type TickOutcome = 'done' | 'duplicate' | 'skipped' | 'busy'

/**
 * How long a run holds the task unless it is renewed: less than a minute, so that a worker that dies in the
 * middle silences no more than one tick of a task that is due each minute.
 */
const leaseSeconds = 45
const beatSeconds = 15
/**
 * After that it is renewed no more: less than the visibility timeout of its message, so that a run that
 * hangs can be taken over by the next delivery.
 */
const mostSeconds = 600
/** A tick that comes later than this tells of a past that the next one covers. */
const latestSeconds = 600

type Row = {
  task: string
  scheduled_at: number
  state: 'running' | 'done' | 'failed' | 'skipped'
  fencing_token: number
  lease_until: number | null
}

/**
 * Runs a periodic task once for each time it is due, however often its message comes: one row for
 * each tick, with a lease. A tick is skipped when it is late, or when the one before it still runs.
 * Rejects with the error of `work`, after noting it; the message then comes again.
 */
export async function runTick(
  { database, log }: Pick<Line, 'database' | 'log'>,
  { task, scheduledAt }: Tick,
  work: () => Promise<object>
): Promise<TickOutcome> {
  const key = { task, scheduled_at: scheduledAt.getTime() }
  const begun = await begin(database, key)
  if (typeof begun === 'string') return begun
  const reason = await reasonToSkip(database, begun)
  if (reason) {
    log.warn({ task, scheduledAt }, `tick skipped: ${reason}`)
    await end(database, begun, 'skipped', reason)
    return 'skipped'
  }
  const beats = keepLease({ database, log }, begun)
  try {
    const result = await work()
    await end(database, begun, 'done', JSON.stringify(result))
    log.info({ task, scheduledAt, ...result }, 'task done')
    return 'done'
  } catch (error) {
    await end(database, begun, 'failed', String(error))
    throw error
  } finally {
    clearInterval(beats)
  }
}

/** Renews the lease while the task runs. */
function keepLease({ database, log }: Pick<Line, 'database' | 'log'>, begun: Begun) {
  const { task, scheduled_at, fencing_token, began_at } = begun
  const mine = { task, scheduled_at, fencing_token, state: 'running' as const }
  return setInterval(() => {
    const now = Date.now()
    if (now > began_at + mostSeconds * 1000) return
    database<Row>('ticks')
      .where(mine)
      .update({ lease_until: now + leaseSeconds * 1000 })
      .catch(err => log.warn({ err, task }, 'lease of a tick not renewed'))
  }, beatSeconds * 1000)
}

type Key = { task: string; scheduled_at: number }
type Begun = Key & { fencing_token: number; began_at: number }

async function begin(database: Database, key: Key): Promise<Begun | TickOutcome> {
  const now = Date.now()
  const fresh = { ...key, state: 'running', began_at: now, lease_until: now + leaseSeconds * 1000 }
  const isNew = await inserted(database, { ...fresh, fencing_token: 1 })
  if (isNew) return { ...key, fencing_token: 1, began_at: now }
  const row = (await database<Row>('ticks').where(key).first()) as Row
  if (row.state === 'done' || row.state === 'skipped') return 'duplicate'
  const fencing_token = row.fencing_token + 1
  const free = database('ticks').where({ ...key, fencing_token: row.fencing_token })
  const taken = await free
    .where(rest => rest.where('state', 'failed').orWhere('lease_until', '<=', now))
    .update({ ...fresh, fencing_token })
  return taken === 1 ? { ...key, fencing_token, began_at: now } : 'busy'
}

async function inserted(database: Database, row: object): Promise<boolean> {
  try {
    await repeated(() => database('ticks').insert(row))
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

/** Of two that begin at the same moment only the later one is skipped, not each because of the other. */
async function reasonToSkip(database: Database, { task, scheduled_at, began_at }: Begun) {
  const now = Date.now()
  if (now - scheduled_at > latestSeconds * 1000)
    return `it is ${Math.round((now - scheduled_at) / 1000)} s late`
  const other = await database<Row>('ticks')
    .where({ task, state: 'running' })
    .where('lease_until', '>', now)
    .where(earlier => {
      earlier.where('began_at', '<', began_at)
      earlier.orWhere(same =>
        same.where('began_at', began_at).where('scheduled_at', '<', scheduled_at)
      )
    })
    .first()
  return other && 'another run of the task is not over'
}

async function end(
  database: Database,
  { task, scheduled_at, fencing_token }: Begun,
  state: Row['state'],
  result: string
) {
  const columns = { state, result: result.slice(0, 4000), lease_until: null, ended_at: Date.now() }
  const mine = { task, scheduled_at, fencing_token }
  await repeated(() => database('ticks').where(mine).update(columns))
}
