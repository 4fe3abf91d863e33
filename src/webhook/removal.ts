import { doPortion } from '../queue/bulk.ts'
import type { Line } from '../queue/perform.ts'
import * as webhooks from '../queue/webhook.ts'
import { kindName, nameOf } from './message.ts'

/**
 * Takes an endpoint away, and what still waits to be sent there: as much as a request has time for, the rest gives
 * up when its turn comes. False if it was removed before.
 */
export async function removeEndpoint(line: Line, webhook: webhooks.Webhook): Promise<boolean> {
  if (!(await webhooks.remove(line.database, webhook))) return false
  for (const state of ['waiting', 'retrying'] as const) {
    const filter = { kind: kindName, state, key: nameOf(webhook.id) }
    await doPortion(line, 'cancel', filter, { done: 0, moved: 0 })
  }
  return true
}
