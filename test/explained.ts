import { explain } from '../src/explain/explain.ts'
import type { Facts } from '../src/explain/facts.ts'
import { passagesOf } from '../src/explain/passage.ts'
import type { Language } from '../src/language.ts'
import type { Job } from '../src/queue/job.ts'
import type { Entry } from '../src/queue/timeline.ts'

/** 12:00 in Japan. */
export const start = Date.UTC(2026, 10, 26, 3)
export const second = 1000

const job = {
  ...{ id: 1, state: 'waiting', attempts: 0, deaths: 0, waiting_at: start, queued_at: start },
  ...{ error: null, receipts: null, run_at: null, sqs_message_id: 'm', dead_lettered_at: null },
  ...{ lease_until: null, started_at: null, finished_at: null, claimed_by: null, progress: 0 },
  ...{ file_key: null, file_name: null }
} as unknown as Job

type Given = Partial<Omit<Facts, 'job' | 'passages'>> & { job?: Partial<Job>; entries?: Entry[] }

/** What the page of a job says `after` seconds from the beginning. */
export function said(after: number, given: Given, language: Language = 'en') {
  const { entries = [], job: changes, ...more } = given
  const facts: Facts = {
    ...{
      job: { ...job, ...changes },
      passages: passagesOf(entries),
      effects: [],
      events: [],
      ahead: 0
    },
    ...{ now: start + after * second, kind: undefined, deadline: Infinity, mostReceives: 5 },
    ...{ patience: { inactivitySeconds: 630, errorSeconds: 30 }, ...more }
  }
  const { why, todo } = explain(facts, language)
  return { why: why.join('\n'), todo: todo.join('\n') }
}

export const at = (seconds: number, what: Entry['what'], more: Partial<Entry> = {}): Entry => ({
  ...{ at: start + seconds * second, what },
  ...more
})
export const claimed = (seconds: number, attempt: number, receives = attempt): Entry =>
  at(seconds, 'claimed', { attempt, receives, message: 'm', worker: `web-${attempt}:7` })

export const finished = { state: 'finished', finished_at: start + 90 * second } as const
