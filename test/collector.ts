import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'

export type Span = {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  status: { code: number }
  attributes: Record<string, unknown>
  links: { traceId: string; spanId: string }[]
  service: unknown
}

type Pair = { key: string; value: Record<string, unknown> }
type Sent = Omit<Span, 'attributes' | 'service'> & { attributes: Pair[] }
type Request = {
  resourceSpans: { resource: { attributes: Pair[] }; scopeSpans: { spans: Sent[] }[] }[]
}

/** A collector that keeps what it is sent (OTLP 1.0 over HTTP, as JSON); or one that takes it and never answers. */
export async function openCollector(t: TestContext, isSilent = false) {
  const spans: Span[] = []
  let calls = 0
  const server = createServer(async (request, response) => {
    calls += 1
    let body = ''
    for await (const piece of request) body += piece
    if (isSilent) return
    if (request.url !== '/v1/traces') return void response.writeHead(404).end()
    spans.push(...read(JSON.parse(body)))
    response.setHeader('content-type', 'application/json').end('{}')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, spans, calls: () => calls }
}

function read({ resourceSpans }: Request): Span[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = valuesOf(resource.attributes)['service.name']
    return scopeSpans.flatMap(scope =>
      scope.spans.map(span => ({ ...span, attributes: valuesOf(span.attributes), service }))
    )
  })
}

function valuesOf(pairs: Pair[]) {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, Object.values(value)[0]]))
}
