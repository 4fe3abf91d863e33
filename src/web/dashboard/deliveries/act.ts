import { createHash } from 'node:crypto'
import type { Line } from '../../../queue/perform.ts'
import * as webhooks from '../../../queue/webhook.ts'
import { sendTest } from '../../../webhook/deliver.ts'
import { removeEndpoint } from '../../../webhook/removal.ts'

type Act = (line: Line, webhook: webhooks.Webhook) => Promise<boolean>

/** What the operator does with an endpoint, beside changing its secret; each gives whether there was anything to do. */
export const acts = {
  test: async (line, webhook) => (await sendTest(line, webhook)).id > 0,
  pause: ({ database }, webhook) => webhooks.pause(database, webhook),
  resume: ({ database }, webhook) => webhooks.resume(database, webhook),
  remove: removeEndpoint
} satisfies Record<string, Act>

export type ActName = keyof typeof acts
export const isAct = (name: string): name is ActName => Object.hasOwn(acts, name)

/** Tells secrets apart, without giving them away: the button to change one is for the one that was seen. */
export const markOf = ({ secret }: webhooks.Webhook) =>
  createHash('sha256').update(secret).digest('hex').slice(0, 16)
