import type { Database } from '../database.ts'
import { now } from './clock.ts'
import * as jobs from './job.ts'

/** How often a lease is renewed: twice may fail before it runs out. */
const beatSeconds = 10
const lost = 0n

/**
 * What an attempt has of its job, and until when. The time is in memory that threads share: whoever renews
 * the lease writes it, and a main thread that was blocked reads what happened meanwhile.
 */
export type Hold = Pick<jobs.Job, 'id' | 'fencing_token'> & {
  until: BigInt64Array<SharedArrayBuffer>
  /** The lease is not renewed after this: work that takes longer has hung, and its process may have too. */
  lateAt: number
}

export function openHold(job: jobs.Job, lateAt: number): Hold {
  const { id, fencing_token, lease_until } = job
  const until = new BigInt64Array(new SharedArrayBuffer(8))
  until[0] = BigInt(lease_until ?? 0)
  return { id, fencing_token, until, lateAt }
}

/** When the lease runs out, in milliseconds since 1970; nothing if it is lost for good. */
export function untilOf({ until }: Hold): number | undefined {
  const time = Atomics.load(until, 0)
  return time === lost ? undefined : Number(time)
}

/** Renews it in time until what it gives is called; says so when the database can't be reached. */
export function keepRenewed(database: Database, hold: Hold, warn: Warn): () => void {
  let isUnderWay = false
  async function beat() {
    if (isUnderWay || !isDue(database, hold)) return
    isUnderWay = true
    await renew(database, hold, warn)
    isUnderWay = false
  }
  const timer = setInterval(beat, 1000)
  return () => clearInterval(timer)
}

export type Warn = (facts: object, text: string) => void

function isDue(database: Database, hold: Hold) {
  const time = now(database)
  const until = untilOf(hold)
  const beatAt = (until ?? 0) - (jobs.leaseSeconds - beatSeconds) * 1000
  return until !== undefined && beatAt <= time && time < hold.lateAt
}

/** Another 30 s from now, or never again. */
export async function renew(database: Database, hold: Hold, warn: Warn, progress?: number) {
  const until = now(database) + jobs.leaseSeconds * 1000
  try {
    const isMine = await jobs.renew(database, hold, until, progress)
    extend(hold, isMine ? BigInt(until) : lost)
  } catch (error) {
    warn({ err: error, job: hold.id }, 'lease not renewed')
  }
}

/** Two renewals may overlap, and the one that began first be answered last. */
function extend({ until }: Hold, time: bigint) {
  const before = Atomics.load(until, 0)
  if (time === lost || (before !== lost && time > before)) Atomics.store(until, 0, time)
}
