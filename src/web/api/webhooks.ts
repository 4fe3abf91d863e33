import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { iso } from '../../iso-time.ts'
import type { Details } from '../../queue/action.ts'
import type { About } from '../../queue/audit.ts'
import type { Line } from '../../queue/perform.ts'
import * as webhooks from '../../queue/webhook.ts'
import { messageOf, sendTest } from '../../webhook/deliver.ts'
import { openGuard } from '../../webhook/guard.ts'
import { removeEndpoint } from '../../webhook/removal.ts'
import { readTerms } from '../../webhook/terms.ts'
import { audit } from '../audit.ts'
import { admission } from '../overload.ts'
import { refuse } from './answer.ts'
import {
  addWebhookOperation,
  listWebhooksOperation,
  removeWebhookOperation,
  rotateWebhookOperation,
  testWebhookOperation
} from './document/webhook.ts'
import { keyOf } from './door.ts'

type One = { Params: { id: string } }

/** `/api/webhooks`: who is told that a job has finished or failed. */
export function webhookRoutes(line: Line): FastifyPluginAsync {
  return async app => {
    const { database } = line
    const guard = openGuard(line.config.WEBHOOK_ALLOW)
    const terms = { preHandler: admission(database), config: { scopes: ['webhooks'] as const } }

    const list = { ...terms, schema: listWebhooksOperation }
    app.get('/webhooks', list, async () => ({
      webhooks: (await webhooks.all(database)).map(describe)
    }))

    const add = { ...terms, schema: addWebhookOperation }
    app.post('/webhooks', add, async (request, reply) => {
      const reading = readTerms(guard, line.kinds, request.body ?? {})
      if ('problems' in reading) return refuse(reply, 422, invalid, reading.problems)
      if ((await webhooks.all(database)).length >= webhooks.mostWebhooks)
        return refuse(reply, 409, tooMany)
      const made = await act(line, request, { action: 'webhook-add' }, async details => {
        const { name } = keyOf(request)
        const webhook = await webhooks.add(database, reading.terms, `API: ${name}`)
        Object.assign(details, { webhook: webhook.id, url: webhook.url })
        return webhook
      })
      return reply.code(201).send(withSecret(made))
    })

    const remove = { ...terms, schema: removeWebhookOperation }
    app.delete<One>('/webhooks/:id', remove, async (request, reply) => {
      const webhook = await find(line, request.params.id)
      if (!webhook) return refuseUnknown(reply)
      const work = () => removeEndpoint(line, webhook)
      const isDone = await act(line, request, about('remove', webhook), work)
      return isDone ? describe(webhook) : refuseUnknown(reply)
    })

    const rotate = { ...terms, schema: rotateWebhookOperation }
    app.post<One>('/webhooks/:id/rotate', rotate, async (request, reply) => {
      const webhook = await find(line, request.params.id)
      if (!webhook) return refuseUnknown(reply)
      const work = async () => (await webhooks.rotate(database, webhook)) ?? false
      const rotated = await act(line, request, about('rotate', webhook), work)
      return rotated ? withSecret(rotated) : refuse(reply, 409, rotatedBefore)
    })

    const test = { ...terms, schema: testWebhookOperation }
    app.post<One>('/webhooks/:id/test', test, async (request, reply) => {
      const webhook = await find(line, request.params.id)
      if (!webhook) return refuseUnknown(reply)
      const work = () => sendTest(line, webhook)
      const delivery = await act(line, request, about('test', webhook), work)
      const { id, token, state } = delivery
      return reply.code(202).send({ id, token, state, webhookId: messageOf(delivery).id })
    })
  }
}

const invalid = 'The endpoint has errors; correct the fields listed and send it again.'
const tooMany = `There are ${webhooks.mostWebhooks} endpoints, and no more: remove one first.`
const rotatedBefore =
  'Somebody else has just changed this secret: rotate it again to see a new one.'
const refuseUnknown = (reply: FastifyReply) =>
  refuse(reply, 404, 'There is no endpoint with this id: GET /api/webhooks lists them.')

/** As the dashboard's own entries in the audit log have it. */
const about = (verb: 'remove' | 'rotate' | 'test', { id }: webhooks.Webhook): About => ({
  action: `webhook-${verb}`,
  details: { webhook: id }
})

/** With its entry in the audit log, under the name of the key. */
async function act<Value>(
  line: Line,
  request: FastifyRequest,
  known: About,
  work: (details: Details) => Promise<Value>
): Promise<Value> {
  const value = await audit(line, request, known, work)
  line.log.info({ ...known, key: keyOf(request).name, isDone: value !== false }, 'program acted')
  return value
}

async function find({ database }: Line, id: string) {
  return /^[1-9]\d{0,14}$/.test(id) ? await webhooks.find(database, Number(id)) : undefined
}

function describe(webhook: webhooks.Webhook) {
  const { id, url, made_at, made_by, paused_at, paused_for } = webhook
  return {
    ...{ id, url, events: webhooks.eventsOf(webhook), kinds: webhooks.kindsOf(webhook) },
    ...{ createdAt: iso(made_at), createdBy: made_by, pausedAt: iso(paused_at) },
    pausedFor: paused_for
  }
}

/** The only answers that have it. */
const withSecret = (webhook: webhooks.Webhook) => ({ ...describe(webhook), secret: webhook.secret })
