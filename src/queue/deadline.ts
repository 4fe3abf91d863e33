import { now } from './clock.ts'
import * as jobs from './job.ts'
import type { Line } from './perform.ts'

type Ordered = Pick<jobs.Job, 'kind' | 'waiting_at' | 'retried_at'>

/**
 * Until when a job may be worked on, in milliseconds since 1970: so long after it was ordered, or after the
 * operator's last retry, as its kind says now. Infinity where that sets no end.
 */
export function deadlineOf(
  { kinds }: Pick<Line, 'kinds'>,
  { kind, waiting_at, retried_at }: Ordered
): number {
  const { deadlineSeconds = Infinity } = kinds.find(({ name }) => name === kind) ?? {}
  return (retried_at ?? waiting_at) + deadlineSeconds * 1000
}

/** Whether its deadline is over, or will be at a time to come. */
export function isLate(line: Line, job: Ordered, time = now(line.database)): boolean {
  return time > deadlineOf(line, job)
}

const beginning = 'The job has run out of time: '

/** Why a job fails, for the operator; with what went wrong before, if anything did. */
export function tooLate(deadline: number, error?: string | null): string {
  const until = new Date(deadline).toISOString()
  const reason = `${beginning}its deadline is ${until}. A retry gives it a new one.`
  return error ? `${reason} The last error: ${error}` : reason
}

/** Whether that is what a job has failed for. */
export function isTooLate({ state, error }: Pick<jobs.Job, 'state' | 'error'>): boolean {
  return state === 'failed' && error !== null && error.startsWith(beginning)
}

/** Fails a job whose deadline is over and that nobody is at; false if somebody is by now. */
export async function expire(line: Line, job: jobs.Job, error = errorOf(job)): Promise<boolean> {
  const reason = tooLate(deadlineOf(line, job), error)
  const isMine = await jobs.abandon(line.database, job, 'failed', reason)
  if (!isMine) return false
  line.log.warn({ job: job.id, kind: job.kind }, 'job failed; its deadline is over')
  line.announcer?.announce(job)
  return true
}

/** The error of a job that waits anew is of the time before its deadline began. */
const errorOf = ({ state, error }: jobs.Job) => (state === 'waiting' ? null : error)
