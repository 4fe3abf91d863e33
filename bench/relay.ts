import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export type Relay = Awaited<ReturnType<typeof startRelay>>

/** A request on its way, and what may be done with it; `action` as in `SQS SendMessage`. */
export type Passing = {
  action: string
  body: Buffer
  /** For an answer of one's own, or none. */
  reply: ServerResponse
  /** Passes it on, and the answer back. */
  pass(): void
  /** Passes it on, and drops the answer; ends when the server has given it. */
  passUnheard(): Promise<void>
}
export type Meddler = (passing: Passing) => unknown

/** Stands before a stand-in of AWS and counts the requests by their action. */
export async function startRelay(target: string) {
  const counts = new Map<string, number>()
  let meddler: Meddler = ({ pass }) => pass()
  const server = createServer(async (near, reply) => {
    // Who hangs up in the middle of a request wants no answer.
    const body = await buffer(near).catch(() => undefined)
    if (!body) return
    const action = actionOf(near, body)
    counts.set(action, (counts.get(action) ?? 0) + 1)
    meddler({
      ...{ action, body, reply },
      pass: () => pass(near, body, reply),
      passUnheard: () => passUnheard(near, body)
    })
  })

  function open({ method, headers, url }: IncomingMessage, body: Buffer) {
    return request(new URL(url ?? '/', target), { method, headers }).end(body)
  }

  function pass(near: IncomingMessage, body: Buffer, reply: ServerResponse) {
    const far = open(near, body)
    far.on('response', answer => {
      reply.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(reply)
    })
    far.on('error', () => reply.destroy())
  }

  async function passUnheard(near: IncomingMessage, body: Buffer) {
    const [answer] = (await once(open(near, body), 'response')) as [IncomingMessage]
    await buffer(answer)
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
    /** From now on decides what becomes of each request; with nothing, all are passed. */
    meddle(by: Meddler = ({ pass }) => pass()) {
      meddler = by
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
  const [, first, later] =
    /^Action=(\w+)|&Action=(\w+)/.exec(body.subarray(0, 200).toString()) ?? []
  const action = first ?? later
  return action ? `SES ${action}` : `S3 ${method}`
}
