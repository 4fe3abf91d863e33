import type { FastifyPluginAsync } from 'fastify'
import { listActions } from '../../queue/action.ts'
import type { Line } from '../../queue/perform.ts'
import { languageOf } from '../visitor.ts'
import { actionsPage } from './actions-page.ts'

type Query = { Querystring: { job?: unknown; before?: unknown } }

/** The audit log: who has done what on the dashboard. */
export function actionsRoutes({ database }: Line): FastifyPluginAsync {
  return async app => {
    app.get<Query>('/actions', async (request, reply) => {
      const { job, before } = request.query
      const filter = { job: idIn(job), before: idIn(before) }
      const actions = await listActions(database, filter)
      reply.type('text/html; charset=utf-8')
      return actionsPage({ filter, actions, actor: request.actor }, languageOf(request))
    })
  }
}

function idIn(text: unknown) {
  return typeof text === 'string' && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined
}
