import rateLimit from '@fastify/rate-limit'
import fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify'
import { hangUpIdle } from '../hang-up.ts'
import { countRequests } from '../metrics/requests.ts'
import { metricsRoutes } from '../metrics/routes.ts'
import type { Line } from '../queue/perform.ts'
import { traceRequests } from '../trace/requests.ts'
import { apiRoutes } from './api/routes.ts'
import { serveAssets } from './assets.ts'
import { setBrowserRules } from './browser-rules.ts'
import { clientOf } from './client.ts'
import { holdCrowd, retryAfter } from './crowd.ts'
import { dashboardRoutes } from './dashboard/routes.ts'
import { showError } from './error-page.ts'
import { formRoutes } from './forms.ts'
import { homeRoutes } from './home.ts'
import { linkRoutes } from './link-routes.ts'
import { isOverload } from './overload.ts'
import { previewRoutes } from './preview.ts'
import { statusRoutes } from './status.ts'
import { describeRequest } from './trace.ts'
import { answerUnreadable } from './unreadable.ts'
import { rememberChoice } from './visitor.ts'

/**
 * How long a request may take to arrive, in seconds; one that dribbles is cut. On Beanstalk nginx collects
 * it first, elsewhere a phone may send 16 MB.
 */
const arrivalSeconds = 120

/**
 * The web tier: pages and forms for people, an API for programs. `stopping` ends the requests that
 * are still under way.
 */
export async function buildWeb(line: Line, stopping?: AbortSignal) {
  const app = fastify({
    loggerInstance: line.log,
    bodyLimit: 1_048_576,
    // nginx on this machine, and the load balancer before it, in the private network.
    trustProxy: ['loopback', 'linklocal', 'uniquelocal'],
    requestTimeout: arrivalSeconds * 1000,
    http: { connectionsCheckingInterval: 5000 },
    clientErrorHandler: answerUnreadable,
    // An address that is none, such as /%E0, comes to no hook and no error handler.
    frameworkErrors({ message, statusCode = 400 }, request, reply) {
      setBrowserRules(reply)
      void answerError(request, reply, statusCode, message)
    }
  })

  hangUpIdle(app)
  countRequests(app, 'web')
  traceRequests(app, describeRequest)
  // Orders that were answered are still to be sent.
  app.addHook('onClose', () => line.underway.ended())
  stopping?.addEventListener('abort', () => app.server.closeAllConnections())

  app.addHook('onRequest', async (_request, reply) => setBrowserRules(reply))
  holdCrowd(app, answerError)
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: '1 minute',
    // A program that polls must not lock out the people behind the same address.
    keyGenerator: request => `${isForApi(request) ? 'api' : 'page'} ${clientOf(request)}`
  })
  await serveAssets(app)
  app.addHook('onRequest', rememberChoice)

  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) =>
    answerError(request, reply, 404)
  )
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (isOverload(error)) {
      request.log.warn({ reason: error.message }, 'request refused')
      return answerError(request, reply.header('retry-after', retryAfter), 503)
    }
    const status = error.statusCode ?? 500
    if (status >= 500) request.log.error({ err: error }, 'request failed')
    return answerError(request, reply, status, status < 500 ? error.message : undefined)
  })

  app.get('/healthz', { logLevel: 'warn', config: { rateLimit: false } }, async () => ({
    status: 'ok',
    tier: 'web'
  }))
  await app.register(metricsRoutes(line))
  await app.register(homeRoutes(line))
  await app.register(formRoutes(line))
  await app.register(statusRoutes(line))
  await app.register(previewRoutes(line))
  await app.register(linkRoutes(line))
  await app.register(apiRoutes(line), { prefix: '/api' })
  await app.register(dashboardRoutes(line), { prefix: '/dashboard' })

  return app
}

/** From one address: people click, programs poll. */
function requestsPerMinute(request: FastifyRequest) {
  return isForApi(request) ? 12_000 : 600
}

function isForApi({ url }: FastifyRequest) {
  return url.startsWith('/api/')
}

/** An error as JSON for the API, as a page for people. */
function answerError(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  message = standardMessage(status)
) {
  if (!isForApi(request)) return showError(request, reply, status)
  return reply.code(status).send({ error: { message } })
}

function standardMessage(status: number) {
  if (status === 404) return 'There is nothing at this address.'
  if (status === 429 || status === 503)
    return 'There is too much to do at once; send it again later.'
  return 'Something went wrong; try again.'
}
