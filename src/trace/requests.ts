import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as trace from '../trace.ts'

type Open = NonNullable<ReturnType<typeof trace.open>>
type Described = { name: string; about: trace.About }

/** Has each request that `describe` gives a name to handled within a span, which ends with its answer. */
export function traceRequests(
  app: FastifyInstance,
  describe: (request: FastifyRequest) => Described | undefined
) {
  if (!trace.isOn()) return
  const spans = new WeakMap<FastifyRequest, Open>()

  app.addHook('onRequest', (request, _reply, done) => {
    const described = describe(request)
    const span = described && trace.open(described.name, described.about)
    if (!span) return done()
    spans.set(request, span)
    span.enter(done)
  })
  // The body comes by events of the socket, which know nothing of the span.
  app.addHook('preValidation', (request, _reply, done) => {
    const span = spans.get(request)
    if (span) span.enter(done)
    else done()
  })
  app.addHook('onResponse', async (request, { statusCode }) => {
    spans.get(request)?.end({ 'http.response.status_code': statusCode }, statusCode >= 500)
  })
}
