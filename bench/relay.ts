import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export type Relay = Awaited<ReturnType<typeof startRelay>>

/** Stands before a stand-in of AWS and counts the requests by their action. */
export async function startRelay(target: string) {
  const counts = new Map<string, number>()
  const server = createServer(async (near, reply) => {
    const body = await buffer(near)
    const action = actionOf(near, body)
    counts.set(action, (counts.get(action) ?? 0) + 1)
    pass(near, body, reply)
  })

  function pass(near: IncomingMessage, body: Buffer, reply: ServerResponse) {
    const { method, headers } = near
    const far = request(new URL(near.url ?? '/', target), { method, headers }, answer => {
      reply.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(reply)
    })
    far.on('error', () => reply.destroy())
    far.end(body)
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What was counted since the last time. */
    take(): Record<string, number> {
      const taken = Object.fromEntries(counts)
      counts.clear()
      return taken
    },
    close() {
      server.closeAllConnections()
      server.close()
    }
  }
}

/** SQS names it in a header, SES in the body, S3 by the method. */
function actionOf({ headers, method }: IncomingMessage, body: Buffer) {
  const target = headers['x-amz-target']
  if (target) return String(target).replace('AmazonSQS.', 'SQS ')
  const [, action] = /^Action=(\w+)|&Action=(\w+)/.exec(body.subarray(0, 200).toString()) ?? []
  return action ? `SES ${action}` : `S3 ${method}`
}
