import type { Knex } from 'knex'
import type { Database } from '../database.ts'
import type { Job } from './job.ts'
import type { Move } from './state.ts'

/** One line of `jobs.timeline`: what happened to the job, and what was known of it. */
export type Entry = {
  /** In milliseconds since 1970. */
  at: number
  what: Move | 'sent' | 'put off' | 'revised' | typeof gap
  /** The number of the attempt that began or ended, from 1. */
  attempt?: number
  /** The message, and how often SQS had delivered it. */
  message?: string
  receives?: number
  /** The machine and the process in which the attempt began. */
  worker?: string
  /** How long an attempt took, or until somebody ended it for its dead worker. */
  ms?: number
  /** Until when the job, or its message, waits. */
  until?: number
  /** The first line of it. */
  error?: string
}

/** Entries are missing here: a timeline that grows too long keeps its beginning and its end. */
export const gap = 'left out'
const mostError = 200

/**
 * The timeline with a line at its end, for the SET of a statement that is made anyway. Its lines are ASCII, so both
 * databases count the same; beyond 60,000 the middle is left out, which cuts two lines in pieces.
 */
export function appended(database: Database, line: string | Knex.Raw): Knex.Raw {
  return database.raw(
    "CONCAT(CASE WHEN LENGTH(timeline) > 60000 THEN CONCAT(SUBSTR(timeline, 1, 20000), ?, SUBSTR(timeline, -20000)) ELSE COALESCE(timeline, '') END, ?)",
    [`\n${lineOf({ at: 0, what: gap })}`, line]
  )
}

/** What is not known is left out of it. */
export function lineOf({ error, ...facts }: Entry): string {
  const [first] = error?.split('\n') ?? []
  const known = { ...facts, ...(first && { error: first.slice(0, mostError) }) }
  return `${JSON.stringify(known).replace(/[^\x20-\x7e]/g, escaped)}\n`
}

const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

/** The entry of a move: what the columns that it writes tell of it. */
export function entryOf(
  job: Job,
  what: Move,
  given: Partial<Job>,
  { at, receives }: { at: number; receives?: number | undefined }
): Entry {
  const { sqs_message_id: message, claimed_by, run_at, attempts = 0, error } = given
  return {
    at,
    what,
    attempt: Math.max(job.attempts, attempts),
    ...(claimed_by && { worker: claimed_by.replace(/\/.*/, '') }),
    ...(claimed_by && message && { message }),
    ...(claimed_by && receives && { receives }),
    ...(!claimed_by && job.state === 'running' && { ms: at - (job.started_at ?? at) }),
    ...(run_at && run_at > at && { until: run_at }),
    ...(error && { error })
  }
}

/** The entries of a timeline, oldest first; one that a repeated statement has written twice is given once. */
export function readTimeline(text: string | null): Entry[] {
  const lines = (text ?? '').split('\n')
  const once = lines.filter((line, index) => line !== lines[index - 1])
  return once.flatMap(line => parse(line) ?? [])
}

/** Nothing for the pieces beside a gap. */
function parse(line: string): Entry | undefined {
  try {
    const entry = JSON.parse(line)
    return typeof entry?.at === 'number' && typeof entry.what === 'string' ? entry : undefined
  } catch {
    return undefined
  }
}
