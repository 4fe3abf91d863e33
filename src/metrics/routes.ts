import type { FastifyPluginAsync } from 'fastify'
import { collectDefaultMetrics } from 'prom-client'
import { bearerSecret, isSameSecret } from '../auth.ts'
import type { Line } from '../queue/perform.ts'
import { remember } from '../remember.ts'
import { readGauges } from './gauges.ts'
import { registry } from './meters.ts'
import { show } from './show.ts'

/** However often it is asked, the line is looked at once in this time. */
const freshSeconds = 5

/** `GET /metrics` for Prometheus, on both tiers: closed until `METRICS_TOKEN` is set, and then open to whoever sends it. */
export function metricsRoutes(line: Line): FastifyPluginAsync {
  const token = line.config.METRICS_TOKEN
  const gauges = remember(freshSeconds, () => readGauges(line))
  return async app => {
    if (token === '') return
    watchProcess()
    app.get('/metrics', { logLevel: 'warn' }, async (request, reply) => {
      if (!isSameSecret(bearerSecret(request.headers.authorization) ?? '', token))
        return await reply
          .code(401)
          .header('www-authenticate', 'Bearer')
          .send({ error: { message: sendToken } })
      show(await gauges())
      reply.header('cache-control', 'no-store').type(registry.contentType)
      return await registry.metrics()
    })
  }
}

const sendToken = 'Send "Authorization: Bearer <METRICS_TOKEN>".'

/** Memory, processor, event loop; once in a process, whatever tiers it has. */
function watchProcess() {
  if (registry.getSingleMetric('process_cpu_seconds_total')) return
  collectDefaultMetrics({ register: registry })
}
