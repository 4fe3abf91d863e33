import type { Database } from '../database.ts'
import { now } from './clock.ts'
import { fingerprintOf, strange } from './fingerprint.ts'
import type { Job } from './job.ts'
import type { Message } from './side-queue.ts'
import { repeated } from './statement.ts'

/** A row of `dead_letters`: a message as a look at the dead-letter queue has last seen it. Times are milliseconds since 1970. */
export type Letter = {
  message_id: string
  /** None for a message that carries no job of ours. */
  job_id: number | null
  kind: string
  fingerprint: string
  sentence: string
  /** The beginning of it. */
  body: string
  handle: string
  /** How often it had been delivered when it was first seen. */
  receives: number
  sent_at: number
  first_seen_at: number
  last_seen_at: number
  /** The operator wants it gone; it stays as long as it may still be in the queue. */
  discarded_at: number | null
}

/** The rest of a body is not needed to see what it is. */
const mostBody = 10_000

/** Keeps what was seen, with the group that the error of its job puts it in. */
export async function see(database: Database, letter: Message, job?: Job) {
  const time = now(database)
  const { messageId, handle, body, receives, sentAt } = letter
  const group = job ? fingerprintOf(job.kind, job.error) : strange
  const fresh = { ...group, kind: job?.kind ?? '', job_id: job?.id ?? null, handle }
  const row: Letter = {
    ...{ ...fresh, message_id: messageId, body: body.slice(0, mostBody).toWellFormed() },
    ...{ receives, sent_at: sentAt, first_seen_at: time, last_seen_at: time, discarded_at: null }
  }
  const columns = [...(Object.keys(fresh) as (keyof typeof fresh)[]), 'last_seen_at' as const]
  await repeated(() =>
    database<Letter>('dead_letters').insert(row).onConflict('message_id').merge(columns)
  )
}

/** Which of these the operator has discarded. */
export async function discardedAmong(database: Database, letters: Message[]): Promise<Set<string>> {
  const ids = letters.map(({ messageId }) => messageId)
  const rows = await repeated(() =>
    database<Letter>('dead_letters').whereIn('message_id', ids).whereNotNull('discarded_at')
  )
  return new Set(rows.map(({ message_id }) => message_id))
}

/** No list has them from now on; whatever look comes upon them again drops them. */
export async function markDiscarded(database: Database, ids: string[]) {
  const discarded_at = now(database)
  await repeated(() =>
    database<Letter>('dead_letters').whereIn('message_id', ids).update({ discarded_at })
  )
}

export async function remove(database: Database, ids: string[]) {
  await repeated(() => database<Letter>('dead_letters').whereIn('message_id', ids).delete())
}

/** Removes those that no look has seen since: they are in the queue no more. */
export async function forget(database: Database, before: number) {
  await repeated(() => database<Letter>('dead_letters').where('last_seen_at', '<', before).delete())
}
