import type { FastifyRequest } from 'fastify'
import { readTraceparent } from './sqsd-request.ts'

/** What sqsd brings, as the semantic conventions for messaging name it. */
export function describeDelivery(request: FastifyRequest) {
  const { headers, routeOptions } = request
  const said = (name: string) => String(headers[`x-aws-sqsd-${name}`] ?? '')
  const route = routeOptions.url ?? 'none'
  return {
    name: route === '/' ? 'process job' : `process ${route}`,
    about: {
      kind: 'consumer' as const,
      parent: readTraceparent(request),
      attributes: {
        'messaging.system': 'aws_sqs',
        'messaging.operation.type': 'process',
        'messaging.operation.name': 'process',
        'messaging.destination.name': said('queue'),
        'messaging.message.id': said('msgid'),
        'beanline.receives': Number(said('receive-count')) || 1,
        'http.request.method': request.method,
        'http.route': route
      }
    }
  }
}
