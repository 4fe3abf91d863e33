import type { FastifyRequest } from 'fastify'

/** What changes something is traced; pages are counted, that is enough. A trace begins here, whatever a stranger sends. */
export function describeRequest({ method, routeOptions }: FastifyRequest) {
  if (method !== 'POST') return undefined
  const route = routeOptions.url ?? 'none'
  const attributes = { 'http.request.method': method, 'http.route': route }
  return { name: `POST ${route}`, about: { kind: 'server' as const, attributes } }
}
