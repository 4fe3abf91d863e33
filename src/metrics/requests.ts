import type { FastifyInstance } from 'fastify'
import * as meters from './meters.ts'

/** Counts what an app answers. By the pattern of a route, never by its address: there is no end of those. */
export function countRequests(app: FastifyInstance, tier: 'web' | 'worker') {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    const { method } = request
    meters.requests.inc({ tier, method, route, status: reply.statusCode })
    meters.requestSeconds.observe({ tier, route }, reply.elapsedTime / 1000)
  })
}
