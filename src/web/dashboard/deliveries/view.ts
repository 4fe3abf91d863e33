import type { Database } from '../../../database.ts'
import { find, type Listed } from '../../../queue/find.ts'
import { payloadsOf } from '../../../queue/payload.ts'
import * as webhooks from '../../../queue/webhook.ts'
import { type Health, healthOf } from '../../../queue/webhook-attempt.ts'
import { messageOf } from '../../../webhook/deliver.ts'
import { kindName, type Message, nameOf } from '../../../webhook/message.ts'
import type { Asked } from './query.ts'

export const pageSize = 25

export type Endpoint = { webhook: webhooks.Webhook; health: Health }
export type Delivery = { job: Listed; message: Message }
export type DeliveriesView = {
  asked: Asked
  endpoints: Endpoint[]
  deliveries: Delivery[]
  /** From where older ones go on. */
  older?: Asked | undefined
}

export async function viewDeliveries(database: Database, asked: Asked): Promise<DeliveriesView> {
  const [endpoints, found] = await Promise.all([
    viewEndpoints(database),
    find(database, filterOf(asked), { most: pageSize + 1, before: asked.before })
  ])
  const jobs = found.jobs.slice(0, pageSize)
  const before = found.jobs.length > pageSize ? jobs.at(-1)?.id : found.reached
  const payloads = await payloadsOf(
    database,
    jobs.map(({ id }) => id)
  )
  const deliveries = jobs.flatMap(job => {
    const payload = payloads.get(job.id)
    return payload === undefined ? [] : [{ job, message: messageOf({ payload }) }]
  })
  return { asked, endpoints, deliveries, older: before ? { ...asked, before } : undefined }
}

/** Those of an endpoint are found by its name, all others by the kind alone. */
function filterOf({ webhook, state }: Asked) {
  return { kind: kindName, state, ...(webhook && { key: nameOf(webhook) }) }
}

async function viewEndpoints(database: Database): Promise<Endpoint[]> {
  const all = await webhooks.all(database)
  const viewed = all.map(async webhook => ({ webhook, health: await healthOf(database, webhook) }))
  return await Promise.all(viewed)
}
