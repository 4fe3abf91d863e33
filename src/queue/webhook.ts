import { randomBytes } from 'node:crypto'
import type { Database } from '../database.ts'
import { now } from './clock.ts'
import { repeated } from './statement.ts'

/** What a receiver can be told of. */
export const events = ['job.finished', 'job.failed'] as const
export type Event = (typeof events)[number]

/** One row of `webhooks`: where programs of others are told what became of jobs. Times are milliseconds since 1970. */
export type Webhook = {
  id: number
  url: string
  /** `whsec_` and Base64. Readable, for it signs: a hash could not. */
  secret: string
  /** The one before; it signs as well until then, so that the receiver can change over. */
  old_secret: string | null
  old_secret_until: number | null
  /** As in `job.finished,job.failed`. */
  events: string
  /** As in `invoice,report`; null for all. */
  kinds: string | null
  made_at: number
  made_by: string
  paused_at: number | null
  /** Why it was paused, where nobody has ordered it. */
  paused_for: string | null
  /** It was told of all that had ended by then. */
  announced_until: number
}

export type Terms = { url: string; events: readonly Event[]; kinds: readonly string[] | null }

/** Each costs a statement and a delivery for every job. */
export const mostWebhooks = 20
const overlapHours = 24

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`

export async function find(database: Database, id: number): Promise<Webhook | undefined> {
  return await repeated(() => database<Webhook>('webhooks').where({ id }).first())
}

export async function all(database: Database): Promise<Webhook[]> {
  return await repeated(() => database<Webhook>('webhooks').orderBy('id'))
}

/** It is told of what ends from now on. */
export async function add(
  database: Database,
  { url, events, kinds }: Terms,
  made_by: string
): Promise<Webhook> {
  const time = now(database)
  const row = {
    ...{ url, events: events.join(','), kinds: kinds?.join(',') ?? null },
    ...{ secret: newSecret(), old_secret: null, old_secret_until: null },
    ...{ made_at: time, made_by, paused_at: null, paused_for: null, announced_until: time }
  }
  const [id] = await repeated(() => database('webhooks').insert(row))
  return { id: Number(id), ...row }
}

/** False if it was removed before. */
export async function remove(database: Database, { id }: Webhook): Promise<boolean> {
  return (await repeated(() => database('webhooks').where({ id }).delete())) === 1
}

/** Gives it a new secret; for a day the one before signs as well. */
export async function rotate(
  database: Database,
  { id, secret }: Webhook
): Promise<Webhook | undefined> {
  const until = now(database) + overlapHours * 3_600_000
  const columns = { secret: newSecret(), old_secret: secret, old_secret_until: until }
  const row = () => database('webhooks').where({ id, secret }).update(columns)
  return (await repeated(row)) === 1 ? await find(database, id) : undefined
}

export async function pause(
  database: Database,
  { id }: Webhook,
  paused_for: string | null = null
): Promise<boolean> {
  const columns = { paused_at: now(database), paused_for }
  const row = () => database('webhooks').where({ id }).whereNull('paused_at').update(columns)
  return (await repeated(row)) === 1
}

/** The sweep tells it of all that has ended meanwhile. */
export async function resume(database: Database, { id }: Webhook): Promise<boolean> {
  const columns = { paused_at: null, paused_for: null }
  const row = () => database('webhooks').where({ id }).whereNotNull('paused_at').update(columns)
  return (await repeated(row)) === 1
}

/** Notes that these were told of all that had ended by then; one that was paused meanwhile goes on from where it was. */
export async function noteAnnounced(database: Database, webhooks: Webhook[], until: number) {
  const ids = webhooks.map(({ id }) => id)
  const row = () =>
    database('webhooks')
      .whereIn('id', ids)
      .whereNull('paused_at')
      .where('announced_until', '<', until)
      .update({ announced_until: until })
  await repeated(row)
}

/** The secrets that sign at a time, the newest first. */
export function secretsOf({ secret, old_secret, old_secret_until }: Webhook, time: number) {
  const isBoth = old_secret !== null && (old_secret_until ?? 0) > time
  return isBoth ? [secret, old_secret] : [secret]
}

export const eventsOf = ({ events: known }: Webhook): Event[] =>
  events.filter(event => known.split(',').includes(event))

export const kindsOf = ({ kinds }: Webhook): string[] | null => kinds?.split(',') ?? null
