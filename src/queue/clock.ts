import { setTimeout as wait } from 'node:timers/promises'
import type { Database } from '../database.ts'

/** Up to here two clocks count as one: a lease of 30 s that is renewed every 10 has room for it. */
export const toleratedSeconds = 5
const measureSeconds = 120
/** Sooner while nothing is known yet; the pause doubles each time. */
const firstPauseSeconds = 1
/** Below this a difference is not worth a word. */
export const noticedSeconds = 1
/** An answer that took longer tells too little. */
const longestRoundTrip = 1000
/** A tier starts without knowing, if the database is away. */
const patienceMilliseconds = 2000

/** The database's time when `performance.now()` was 0; none while nobody has asked it. */
const origins = new WeakMap<Database, number>()

/**
 * The time that the processes of a line share, in milliseconds since 1970: this machine's, as long as it
 * agrees with the database's. If not, the database's goes on from when it was last asked, by a clock that
 * nobody can set. So a machine whose clock is wrong, or jumps, neither takes a lease that is alive nor keeps
 * one that is dead.
 */
export function now(database: Database): number {
  const here = Date.now()
  const there = timeThere(database)
  if (there === undefined || Math.abs(there - here) <= toleratedSeconds * 1000) return here
  return there
}

function timeThere(database: Database) {
  const origin = origins.get(database)
  return origin === undefined ? undefined : Math.round(origin + performance.now())
}

type Warn = (facts: object, text: string) => void
/** `measured` resolves when the first comparison is made, or after 2 s. */
export type Clock = { stop(): void; measured: Promise<void> }

/**
 * Compares this machine's clock with MySQL's, now and every two minutes, and until it has been told once, soon again.
 * SQLite has no clock of its own.
 */
export function watchClock(database: Database, warn: Warn): Clock {
  if (database.client.dialect !== 'mysql') return { stop() {}, measured: Promise.resolve() }
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let pauseSeconds = firstPauseSeconds
  async function compare() {
    await measure(database).then(
      () => tell(database, warn),
      error => warn({ err: error }, 'clock of the database unknown')
    )
    if (isStopped) return
    const seconds = origins.has(database) ? measureSeconds : pauseSeconds
    pauseSeconds = Math.min(pauseSeconds * 2, measureSeconds)
    timer = setTimeout(compare, seconds * 1000).unref()
  }
  return {
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
    measured: Promise.race([compare(), wait(patienceMilliseconds)])
  }
}

/** By half the round trip, of three the quickest. */
async function measure(database: Database) {
  let quickest = longestRoundTrip
  for (let round = 0; round < 3; round += 1) {
    const asked = performance.now()
    const [[{ time }]] = await database.raw(
      "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3)) DIV 1000 AS time"
    )
    const answered = performance.now()
    if (answered - asked > quickest) continue
    quickest = answered - asked
    origins.set(database, Number(time) - (asked + answered) / 2)
  }
}

/** How far this machine's clock is ahead of the database's; 0 while nobody has asked it, and on SQLite. */
export function skewSeconds(database: Database): number {
  return (Date.now() - (timeThere(database) ?? Date.now())) / 1000
}

function tell(database: Database, warn: Warn) {
  const seconds = skewSeconds(database)
  const apart = Math.abs(seconds)
  if (apart < noticedSeconds) return
  const where = `The clock of this machine is ${apart.toFixed(1)} s ${seconds > 0 ? 'ahead of' : 'behind'} the database's`
  const what =
    apart > toleratedSeconds
      ? "jobs go by the database's until it is set right (chronyc tracking)."
      : `up to ${toleratedSeconds} s do no harm.`
  warn({ skewSeconds: seconds }, `${where}; ${what}`)
}
