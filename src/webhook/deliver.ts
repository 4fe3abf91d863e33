import { randomUUID } from 'node:crypto'
import { now } from '../queue/clock.ts'
import { sendBack } from '../queue/decision.ts'
import { enqueue } from '../queue/enqueue.ts'
import type { Job } from '../queue/job.ts'
import type { Webhook } from '../queue/webhook.ts'
import type { Services } from '../services.ts'
import { type Message, orderFor, testMessage } from './message.ts'

/** Orders a delivery that tells of nothing, to try an endpoint with. */
export async function sendTest(line: Services, webhook: Webhook): Promise<Job> {
  const message = testMessage(webhook, now(line.database), randomUUID())
  return (await enqueue(line, orderFor(message))).job
}

/**
 * Sends the same again under the same `webhook-id`, by which a receiver knows that it had it before: one that has
 * failed goes on, one that was delivered is a delivery more. Nothing for one that is still to be sent.
 */
export async function replay(line: Services, delivery: Job): Promise<Job | undefined> {
  if (delivery.state === 'failed') return (await sendBack(line, delivery)) ? delivery : undefined
  if (!canReplay(delivery)) return undefined
  return (await enqueue(line, orderFor(messageOf(delivery)))).job
}

export const canReplay = ({ state }: Pick<Job, 'state'>) =>
  ['finished', 'failed', 'discarded', 'cancelled'].includes(state)

export const messageOf = ({ payload }: Pick<Job, 'payload'>): Message => JSON.parse(payload)
