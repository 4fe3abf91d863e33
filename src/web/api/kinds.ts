import type { FastifyPluginAsync } from 'fastify'
import type { Line } from '../../queue/perform.ts'
import { kindsOperation } from './document/kind.ts'
import { orderSchema } from './document/order.ts'

/** `GET /api/kinds`: what can be ordered, and with which fields. */
export function kindRoutes({ kinds }: Line): FastifyPluginAsync {
  return async app => {
    app.get('/kinds', { schema: kindsOperation }, async () => ({
      kinds: kinds.map(kind => ({
        name: kind.name,
        title: kind.title,
        summary: kind.summary,
        schema: orderSchema(kind)
      }))
    }))
  }
}
