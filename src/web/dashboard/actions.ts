import type { FastifyPluginAsync } from 'fastify'
import { listActions } from '../../queue/action.ts'
import type { Line } from '../../queue/perform.ts'
import { languageOf } from '../visitor.ts'
import { actionsPage } from './actions-page.ts'
import { readId } from './jobs-query.ts'
import { pageSize } from './page-of.ts'

type Query = { Querystring: { job?: unknown; before?: unknown } }

/** The audit log: who has done what on the dashboard. */
export function actionsRoutes({ database }: Line): FastifyPluginAsync {
  return async app => {
    app.get<Query>('/actions', async (request, reply) => {
      const { job, before } = request.query
      const filter = { job: readId(job), before: readId(before) }
      const found = await listActions(database, filter, pageSize + 1)
      const actions = found.slice(0, pageSize)
      const view = { filter, actions, isLast: found.length <= pageSize, actor: request.actor }
      reply.type('text/html; charset=utf-8')
      return actionsPage(view, languageOf(request))
    })
  }
}
