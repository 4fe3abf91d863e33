import type { Database } from '../database.ts'
import type { Services } from '../services.ts'
import { change } from './change.ts'
import { now } from './clock.ts'
import { decide } from './effect.ts'
import { send } from './enqueue.ts'
import type { Job } from './job.ts'
import type { State } from './state.ts'

export type Decision = 'retry' | 'discard' | 'cancel'

/** What the operator may decide about a job in each state. */
export const decisionsIn: Partial<Record<State, Decision[]>> = {
  waiting: ['cancel'],
  running: ['cancel'],
  retrying: ['cancel'],
  failed: ['retry', 'discard']
}

/**
 * The operator sends a failed job back to the queue, with all its attempts and its time before it; gives it as it
 * is then. It takes the next fencing token, so that whoever has failed it, and did not hear that he had, can't again.
 */
export async function requeue(database: Database, job: Job): Promise<Job | undefined> {
  await decide(database, job)
  const time = now(database)
  const counts = { attempts: 0, deaths: 0, fencing_token: job.fencing_token + 1 }
  const times = { run_at: null, retried_at: time, queued_at: time, finished_at: null }
  const columns = { ...counts, ...times, dead_lettered_at: null, sqs_message_id: null }
  const isBack = await change(database, job, 'requeued', columns)
  return isBack ? { ...job, state: 'waiting', ...columns } : undefined
}

/** The same, with its new message; false if the job has moved on. */
export async function sendBack(line: Services, job: Job): Promise<boolean> {
  const requeued = await requeue(line.database, job)
  if (requeued) await send(line, requeued)
  return requeued !== undefined
}

export const discard = (database: Database, job: Job) => change(database, job, 'discarded', {})

/** An attempt that is under way finds its lease lost, and changes nothing more. */
export const cancel = (database: Database, job: Job) =>
  change(database, job, 'cancelled', { finished_at: now(database) })
