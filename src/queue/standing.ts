import type { Database } from '../database.ts'
import { now } from './clock.ts'
import { asked } from './effect.ts'
import { letGo } from './effect-state.ts'
import type { Job } from './job.ts'
import { countSome, mostCounted } from './listing.ts'
import type { State } from './state.ts'

const second = 1000
const day = 86_400 * second
/** The sweep comes every minute: a lease that ran out longer ago than this was not swept. */
const sweptWithin = 120 * second
/** How many are looked at to find the one that has waited longest. */
const candidates = 50

/** How many jobs came into a state since a time; one more than `mostCounted` means more than that. */
export async function countSince(database: Database, state: State, since: number): Promise<number> {
  const some = database('jobs').select('id').where({ state }).where('finished_at', '>=', since)
  return await countSome(database, some)
}

export type Waiting = Pick<Job, 'id' | 'token'> & { since: number }

/**
 * The job that is due and has waited longest. A message that is sent again sets `queued_at`, and an order to retry
 * leaves the id: so those that come first by either are looked at.
 */
export async function longestWaiting(database: Database): Promise<Waiting | undefined> {
  const time = now(database)
  const first = (state: State, by: 'id' | 'queued_at') =>
    database<Job>('jobs')
      .select('id', 'token', 'state', 'waiting_at', 'retried_at', 'queued_at', 'run_at')
      .where({ state })
      .orderBy(by)
      .limit(candidates)
  const found = [
    ...(await first('waiting', 'id')),
    ...(await first('waiting', 'queued_at')),
    ...(await first('retrying', 'queued_at'))
  ]
  return found
    .map(job => ({ id: job.id, token: job.token, since: waitsSince(job) }))
    .filter(({ since }) => since <= time)
    .sort((one, other) => one.since - other.since)[0]
}

type Times = Pick<Job, 'state' | 'waiting_at' | 'retried_at' | 'queued_at' | 'run_at'>

function waitsSince({ state, waiting_at, retried_at, queued_at, run_at }: Times) {
  const began = state === 'waiting' ? (retried_at ?? waiting_at) : queued_at
  return Math.max(Number(began), Number(run_at ?? 0))
}

/** How many attempts have lost their lease, and no sweep has ended them. */
export async function countUnswept(database: Database): Promise<number> {
  const over = now(database) - sweptWithin
  const some = database('jobs')
    .select('id')
    .where({ state: 'running' })
    .where('lease_until', '<', over)
  return await countSome(database, some)
}

/**
 * Of the last day: mails that may have gone out before, and went out again (`repeated`), and those that were held
 * for the operator, who has not decided (`held`).
 */
export async function countDoubts(database: Database) {
  const some: { fencing_token: number; state: State | null }[] = await database('effects')
    .leftJoin('jobs', 'jobs.id', 'effects.job_id')
    .where('effects.ambiguous', '>', 0)
    .where('effects.began_at', '>=', now(database) - day)
    .select('effects.fencing_token', 'jobs.state')
    .limit(mostCounted)
  const counted = some.filter(({ fencing_token }) => fencing_token !== asked)
  const asking = some.filter(
    one => one.fencing_token === asked && !letGo.includes(one.state as State)
  )
  return { held: asking.length, repeated: counted.length }
}

/** When the first job was recorded that there is. */
export async function firstRecordedAt(database: Database): Promise<number | undefined> {
  const job = await database<Job>('jobs').orderBy('id').first('waiting_at')
  return job && Number(job.waiting_at)
}
