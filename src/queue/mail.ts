import type { Database } from '../database.ts'
import type { NamedEffect } from './effect.ts'
import { type EffectState, effectState, type Receipt, receiptOf } from './effect-state.ts'
import type { Job } from './job.ts'
import { eventsOf, isReturned, isUnwanted, type KeptEvent } from './mail-event.ts'

/** The job of a mail, without what may be long. */
type MailJob = Pick<Job, (typeof columns)[number]>

const columns = [
  ...(['id', 'token', 'kind', 'state', 'email', 'language', 'receipts'] as const),
  ...(['fencing_token', 'finished_at', 'file_key', 'file_name', 'revoked_at'] as const)
] as const

/** What is known of a mail, the worst first; `done` is `sent` as long as nobody has told more. */
export type MailState =
  | 'bounced'
  | 'complained'
  | 'delivered'
  | 'delayed'
  | 'sent'
  | Exclude<EffectState, 'done'>

/** The mail of a job: a job sends one at most. */
export type JobMail = {
  job: MailJob
  state: MailState
  receipt: Receipt
  began_at: number
  /** How often it was taken over although it may have gone out. */
  doubts: number
  events: KeptEvent[]
}

/** The mails of these jobs, in their order. */
export async function mailsOf(database: Database, ids: number[]): Promise<JobMail[]> {
  if (ids.length === 0) return []
  const [jobs, effects, events] = await Promise.all([
    database('jobs').select(columns).whereIn('id', ids),
    database<NamedEffect & { job_id: number }>('effects')
      .whereIn('job_id', ids)
      .where({ step: 'mail' }),
    eventsOf(database, ids)
  ])
  const byJob = Map.groupBy(events, ({ job_id }) => Number(job_id))
  const entries = new Map(effects.map(effect => [Number(effect.job_id), effect]))
  const rows = new Map((jobs as MailJob[]).map(job => [Number(job.id), job]))
  return ids.flatMap(id => {
    const [job, effect] = [rows.get(id), entries.get(id)]
    return job && effect ? [mailOf(job, effect, byJob.get(id) ?? [])] : []
  })
}

function mailOf(job: MailJob, effect: NamedEffect, events: KeptEvent[]): JobMail {
  return {
    ...{ job, events, receipt: receiptOf(effect, job), state: stateOf(job, effect, events) },
    ...{ began_at: Number(effect.began_at), doubts: effect.ambiguous }
  }
}

/** A mail that waits for a decision goes on waiting, whatever SES tells of it. */
function stateOf(job: MailJob, effect: NamedEffect, events: KeptEvent[]): MailState {
  const state = effectState(effect, job)
  if (state === 'held') return state
  if (isUnwanted(events)) return 'complained'
  if (isReturned(events)) return 'bounced'
  if (events.some(({ event }) => event === 'delivery')) return 'delivered'
  if (state !== 'done') return state
  return events.some(({ event }) => event === 'delay') ? 'delayed' : 'sent'
}
