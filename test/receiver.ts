import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export type Received = { headers: Record<string, string>; body: string }
type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A program that takes webhooks: it keeps what comes, and answers 200 or as it is told. */
export async function openReceiver(
  t: { after(close: () => void): void },
  answer: Answer = (_request, response) => response.end('ok')
) {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    received.push({ headers: request.headers as Record<string, string>, body })
    answer(request, response)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as { port: number }
  return { port, url: `http://127.0.0.1:${port}/hook`, received }
}
