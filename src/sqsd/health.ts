import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import type { Settings } from './settings.ts'

/** Why the daemon can't do its work, as Amazon's writes it to /var/run/aws-sqsd/fault.json. */
export type Fault = { cause: string; timestamp: string }

export type Health = ReturnType<typeof openHealth>

/** Basic health of Elastic Beanstalk: the queue was polled in the last three minutes. */
const silenceMilliseconds = 180_000
const connectMilliseconds = 2000

/** Whether messages can be brought: the worker takes connections, and SQS answers. */
export function openHealth({ httpUrl }: Settings) {
  let polledAt = 0
  let trouble = 'the queue has not been polled yet'

  async function check(): Promise<Fault | undefined> {
    const isPolled = Date.now() - polledAt < silenceMilliseconds
    const cause = isPolled ? await connectionTrouble(httpUrl) : trouble
    return cause ? { cause, timestamp: new Date().toISOString() } : undefined
  }

  return {
    check,
    /** SQS has answered. */
    polled() {
      polledAt = Date.now()
      trouble = 'the queue has not been polled for three minutes'
    },
    /** SQS has not. */
    failed(error: unknown) {
      trouble = String(error)
    }
  }
}

/** A connection is enough: what the worker would answer to a request is its own affair. */
async function connectionTrouble(httpUrl: string): Promise<string | undefined> {
  const { hostname, port, protocol } = new URL(httpUrl)
  const number = Number(port || (protocol === 'https:' ? 443 : 80))
  // A URL has an IPv6 address in brackets, a socket has not.
  const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: number })
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(connectMilliseconds) })
    return undefined
  } catch (error) {
    return `no connection to ${hostname}:${number}: ${(error as Error).message}`
  } finally {
    socket.destroy()
  }
}

/**
 * `GET /health` on 127.0.0.1: 200 `{}`, or 503 and the fault. Gives the port and how to close it.
 * Throws a sentence when the port is taken.
 */
export async function serveHealth(health: Health, port: number) {
  const server = createServer(async (request, response) => {
    const isHere = request.method === 'GET' && request.url === '/health'
    const fault = isHere ? await health.check() : undefined
    response.writeHead(isHere ? (fault ? 503 : 200) : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(fault ?? {}))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening').catch(error => {
    throw new Error(`The health port can't be had: ${error.message}`, { cause: error })
  })
  return {
    port: (server.address() as { port: number }).port,
    close() {
      server.closeAllConnections()
      server.close()
    }
  }
}
