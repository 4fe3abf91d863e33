import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import * as jobs from '../../queue/job.ts'
import type { Line } from '../../queue/perform.ts'
import * as webhooks from '../../queue/webhook.ts'
import { attemptsOf } from '../../queue/webhook-attempt.ts'
import { replay } from '../../webhook/deliver.ts'
import { openGuard } from '../../webhook/guard.ts'
import { kindName } from '../../webhook/message.ts'
import { readTerms } from '../../webhook/terms.ts'
import { audit } from '../audit.ts'
import { languageOf } from '../visitor.ts'
import { acts, isAct, markOf } from './deliveries/act.ts'
import { deliveryPage } from './deliveries/delivery-page.ts'
import { type Draft, readInput, toTerms } from './deliveries/endpoint-form.ts'
import { deliveriesPage } from './deliveries/page.ts'
import { deliveryPath, listPath, readAsked } from './deliveries/query.ts'
import { secretPage } from './deliveries/secret-page.ts'
import { viewDeliveries } from './deliveries/view.ts'
import { type Query, readId } from './jobs-query.ts'

type List = { Querystring: Query }
type One = { Params: { id: string }; Querystring: Query }
type Act = { Params: { id: string; action: string }; Body: { mark?: unknown } | undefined }

/** Webhooks: the endpoints, what is sent to them, and what the operator does about it. */
export function deliveriesRoutes(line: Line): FastifyPluginAsync {
  const { database } = line
  const guard = openGuard(line.config.WEBHOOK_ALLOW)
  const kinds = line.kinds.map(({ name }) => name)

  async function show(request: FastifyRequest, reply: FastifyReply, draft?: Draft) {
    const query = request.query as Query
    const view = await viewDeliveries(database, readAsked(query))
    const around = { actor: request.actor, kinds, done: query['done'], ...(draft && { draft }) }
    reply.type('text/html; charset=utf-8')
    return deliveriesPage(view, around, languageOf(request))
  }

  async function find(id: string) {
    return readId(id) ? await webhooks.find(database, Number(id)) : undefined
  }

  async function findDelivery(id: string) {
    const job = readId(id) ? await jobs.find(database, Number(id)) : undefined
    return job?.kind === kindName ? job : undefined
  }

  return async app => {
    app.get<List>('/deliveries/', (request, reply) => show(request, reply))

    app.post('/deliveries/webhooks', async (request, reply) => {
      const input = readInput(request.body)
      const reading = readTerms(guard, line.kinds, toTerms(input))
      const isFull = (await webhooks.all(database)).length >= webhooks.mostWebhooks
      if ('problems' in reading || isFull) {
        const problems = 'problems' in reading ? reading.problems : []
        return await show(request, reply.code(422), { input, problems })
      }
      const { actor } = request
      const made = await audit(line, request, { action: 'webhook-add' }, async details => {
        const webhook = await webhooks.add(database, reading.terms, actor?.name ?? '')
        Object.assign(details, { webhook: webhook.id, url: webhook.url })
        return webhook
      })
      reply.type('text/html; charset=utf-8')
      return secretPage(made, actor, languageOf(request))
    })

    app.post<Act>('/deliveries/webhooks/:id/rotate', async (request, reply) => {
      const webhook = await find(request.params.id)
      if (!webhook) return reply.callNotFound()
      const about = { action: 'webhook-rotate', details: { webhook: webhook.id } }
      const rotated = await audit(line, request, about, async () => {
        if (request.body?.mark !== markOf(webhook)) return false
        return (await webhooks.rotate(database, webhook)) ?? false
      })
      if (!rotated) return reply.redirect(listPath({}, `nothing-${webhook.id}`), 303)
      reply.type('text/html; charset=utf-8')
      return secretPage(rotated, request.actor, languageOf(request))
    })

    app.post<Act>('/deliveries/webhooks/:id/:action', async (request, reply) => {
      const { id, action } = request.params
      const webhook = await find(id)
      if (!webhook || !isAct(action)) return reply.callNotFound()
      const about = { action: `webhook-${action}`, details: { webhook: webhook.id } }
      const isDone = await audit(line, request, about, () => acts[action](line, webhook))
      return reply.redirect(listPath({}, `${isDone ? action : 'nothing'}-${webhook.id}`), 303)
    })

    app.get<One>('/deliveries/:id', async (request, reply) => {
      const job = await findDelivery(request.params.id)
      if (!job) return reply.callNotFound()
      const webhook = await webhooks.find(database, Number(JSON.parse(job.payload).webhook))
      const attempts = await attemptsOf(database, job.id)
      const around = { actor: request.actor, done: request.query['done'] }
      reply.type('text/html; charset=utf-8')
      return deliveryPage({ job, webhook, attempts }, around, languageOf(request))
    })

    app.post<One>('/deliveries/:id/replay', async (request, reply) => {
      const job = await findDelivery(request.params.id)
      if (!job) return reply.callNotFound()
      const about = { action: 'webhook-replay', job: job.id }
      const sent = await audit(line, request, about, async details => {
        const again = await replay(line, job)
        if (again) details['delivery'] = again.id
        return again ?? false
      })
      const id = sent ? sent.id : job.id
      return reply.redirect(deliveryPath(id, `${sent ? 'replay' : 'nothing'}-${id}`), 303)
    })
  }
}
