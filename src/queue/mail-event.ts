import type { Database } from '../database.ts'
import type { MailEvent } from '../ses-event.ts'
import { now } from './clock.ts'
import { mostCounted } from './listing.ts'
import { repeated } from './statement.ts'

/** An event with the job that sent the mail; none for a mail of no job, such as the digest. */
export type KeptEvent = MailEvent & { job_id: number | null }

const day = 86_400_000

/** Keeps those that are not there yet: SQS delivers at least once, and SES may tell a thing twice. */
export async function keepEvents(database: Database, events: KeptEvent[]) {
  if (events.length === 0) return
  const insert = () =>
    database('mail_events')
      .insert(events)
      .onConflict(['message_id', 'event', 'recipient', 'at'])
      .ignore()
  await repeated(insert)
}

/** What SES has told of the mails of jobs, the oldest first. */
export async function eventsOf(database: Database, jobs: number[]): Promise<KeptEvent[]> {
  if (jobs.length === 0) return []
  const events = () => database('mail_events').whereIn('job_id', jobs).orderBy(['job_id', 'at'])
  return await repeated(events)
}

/** The mail will not come: SES has given up, or has never begun. An absence is told of as a bounce as well. */
export function isReturned(events: MailEvent[]): boolean {
  const isDelivered = events.some(({ event }) => event === 'delivery')
  return events.some(
    ({ event, type }) => event === 'reject' || (event === 'bounce' && isFinal(type, isDelivered))
  )
}

const isFinal = (type: string | null, isDelivered: boolean) => type === 'Permanent' || !isDelivered

export const isUnwanted = (events: MailEvent[]) => events.some(({ event }) => event === 'complaint')

export type Returned = { bounced: number; complained: number; recipients: string[] }

/**
 * How many mails of the last day came back for good and how many were complained about, and the latest of those
 * whom they had gone to. What may have been an absence or a full mailbox is not counted.
 */
export async function countReturned(database: Database): Promise<Returned> {
  const since = now(database) - day
  const events: MailEvent[] = await database('mail_events')
    .select('event', 'type', 'recipient')
    .whereIn('event', ['bounce', 'reject', 'complaint'])
    .where('at', '>=', since)
    .orderBy('at', 'desc')
    .limit(mostCounted)
  const bounces = events.filter(({ event, type }) => event === 'reject' || type === 'Permanent')
  const recipients = [...new Set(bounces.map(({ recipient }) => recipient))].slice(0, 3)
  const complained = events.filter(({ event }) => event === 'complaint').length
  return { bounced: bounces.length, complained, recipients }
}

/** Forgets some 500 events of mails of no job that are older than a time; the others go with their jobs. */
export async function forgetEvents(database: Database, before: number): Promise<number> {
  const old = await database('mail_events')
    .whereNull('job_id')
    .where('at', '<', before)
    .limit(500)
    .pluck('id')
  return await database('mail_events').whereIn('id', old).delete()
}
