import { createHash } from 'node:crypto'
import Type from 'typebox'
import { describe } from '../described.ts'
import type { Ended } from '../queue/ended.ts'
import type { Job } from '../queue/job.ts'
import type { Order } from '../queue/order.ts'
import { searchKey } from '../queue/search-key.ts'
import { type Event, eventsOf, kindsOf, type Webhook } from '../queue/webhook.ts'
import type { Services } from '../services.ts'

/** The payload of a delivery. The body is a text, so that each attempt and each replay sends the same bytes. */
export const Message = Type.Object({
  /** The id of the endpoint. */
  webhook: Type.Integer({ minimum: 1 }),
  /** `webhook-id`: receivers know by it what they have had before. */
  id: Type.String({ pattern: '^msg_[0-9a-f]{32}$' }),
  type: Type.String({ minLength: 1, maxLength: 40 }),
  body: Type.String({ minLength: 2 })
})
export type Message = Type.Static<typeof Message>

export const kindName = 'webhook'

const eventIn = { finished: 'job.finished', failed: 'job.failed' } as const
export type End = keyof typeof eventIn

export const eventOf = (state: End): Event => eventIn[state]
export const isEnd = (state: Job['state']): state is End => Object.hasOwn(eventIn, state)

export const wants = (webhook: Webhook, event: Event, kind: string) =>
  eventsOf(webhook).includes(event) && (kindsOf(webhook)?.includes(kind) ?? true)

/** Of one endpoint and one end of a job there is one key, and so one delivery. A retry of the job has another end. */
export function keyOf(webhook: Webhook, event: Event, { id, fencing_token }: Omit<Ended, 'kind'>) {
  return hash(`webhook ${webhook.id} ${event} ${id} ${fencing_token}`)
}

/** What is sent about a job that has ended: the job as the API gives it, as it was then. */
export function messageAbout(
  { config }: Pick<Services, 'config'>,
  webhook: Webhook,
  event: Event,
  job: Job
): Message {
  const timestamp = new Date(job.finished_at ?? 0).toISOString()
  const body = JSON.stringify({ type: event, timestamp, data: describe({ config }, job) })
  const key = keyOf(webhook, event, { ...job, finished_at: job.finished_at ?? 0 })
  return { webhook: webhook.id, id: idOf(key), type: event, body }
}

const testType = 'webhook.test'

/** Something to try an endpoint with. */
export function testMessage(webhook: Webhook, time: number, random: string): Message {
  const timestamp = new Date(time).toISOString()
  const body = JSON.stringify({ type: testType, timestamp, data: { webhook: webhook.id } })
  return { webhook: webhook.id, id: idOf(hash(`test ${random}`)), type: testType, body }
}

/** The delivery as a job, which is found by its endpoint and by its id. */
export function orderFor(message: Message): Order {
  const payload = JSON.stringify(message)
  return {
    ...{ kind: kindName, payload, payload_hash: hash(payload), email: '', language: 'en' },
    ...{ search_number: searchKey(message.id), search_name: searchKey(nameOf(message.webhook)) }
  }
}

/** What the deliveries of an endpoint are looked for by. */
export const nameOf = (webhook: number) => `webhook ${webhook}`

const idOf = (key: string) => `msg_${key.slice(0, 32)}`
const hash = (text: string) => createHash('sha256').update(text).digest('hex')
