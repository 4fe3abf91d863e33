import type { Database } from '../database.ts'
import { now } from './clock.ts'
import { countSome } from './listing.ts'
import { repeated } from './statement.ts'
import type { Webhook } from './webhook.ts'

/** One row of `webhook_attempts`: a delivery was sent, and what was answered. They go with the job of the delivery. */
export type WebhookAttempt = {
  id: number
  webhook_id: number
  /** The job that is the delivery. */
  job_id: number
  /** When it was sent; the second of it is in its signature. */
  at: number
  ms: number
  is_ok: boolean
  /** None where there was no answer. */
  status: number | null
  /** How the answer begins, or why there was none. */
  said: string
  signature: string
}

/** How an endpoint has fared. */
export type Health = { succeededAt: number | null; failures: number }

const day = 86_400_000
/** More are not shown of one delivery. */
const mostShown = 50

export async function note(database: Database, attempt: Omit<WebhookAttempt, 'id'>) {
  await repeated(() => database('webhook_attempts').insert(attempt))
}

/** The attempts of a delivery, the newest first. */
export async function attemptsOf(database: Database, job_id: number): Promise<WebhookAttempt[]> {
  const rows = () =>
    database<WebhookAttempt>('webhook_attempts')
      .where({ job_id })
      .orderBy('id', 'desc')
      .limit(mostShown)
  return (await repeated(rows)).map(row => ({ ...row, is_ok: Boolean(row.is_ok) }))
}

/** When a delivery has last succeeded, and how many attempts have failed in 24 hours. */
export async function healthOf(database: Database, { id }: Webhook): Promise<Health> {
  const of = (is_ok: boolean) => database('webhook_attempts').where({ webhook_id: id, is_ok })
  const [last] = await of(true).max({ at: 'at' })
  const recent = of(false)
    .where('at', '>=', now(database) - day)
    .select('id')
  const at = last?.['at'] ?? null
  return {
    succeededAt: at === null ? null : Number(at),
    failures: await countSome(database, recent)
  }
}
