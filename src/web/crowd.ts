import { finished } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { clientOf } from './client.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers that stay open have a count of their own. */
    staysOpen?: boolean
  }
}

/** What may be under way at one time, for one client and for all: answers, and bytes of bodies. */
export const most = {
  answers: { one: 100, all: 500 },
  open: { one: 100, all: 2000 },
  bytes: { one: 100_000_000, all: 250_000_000 }
}

/** As much as nginx lets through, and as is kept of one body; one that does not say its length may have it. */
const longestBody = 16 * 2 ** 20

/** When it is worth trying again, in seconds. */
export const retryAfter = 5

type Refuse = (request: FastifyRequest, reply: FastifyReply, status: 429 | 503) => FastifyReply

/**
 * Refuses what is too much to do at once, before it is read: 429 to a client who takes more than its
 * part, 503 when all together do. Health checks are always answered, for a crowd is no reason to replace
 * the instance.
 */
export function holdCrowd(app: FastifyInstance, refuse: Refuse) {
  const taken = { answers: openCount(), open: openCount(), bytes: openCount() }

  app.addHook('onRequest', async (request, reply) => {
    const { url, config } = request.routeOptions
    if (url === '/healthz') return
    const kind = config.staysOpen ? 'open' : 'answers'
    const client = clientOf(request)
    const wishes = [
      [kind, 1],
      ['bytes', bytesOf(request)]
    ] as const
    const full = wishes.map(([name, count]) => taken[name].isFull(client, count, most[name]))
    if (full.includes('all') || full.includes('one')) {
      reply.header('retry-after', retryAfter)
      return await refuse(request, reply, full.includes('all') ? 503 : 429)
    }
    for (const [name, count] of wishes) taken[name].add(client, count)
    finished(reply.raw, () => {
      for (const [name, count] of wishes) taken[name].add(client, -count)
    })
  })
}

function bytesOf({ headers }: FastifyRequest) {
  if (headers['transfer-encoding'] !== undefined) return longestBody
  return Math.min(Number(headers['content-length'] ?? 0), longestBody)
}

/** How much of something is taken, by whom. */
function openCount() {
  const byClient = new Map<string, number>()
  let total = 0
  return {
    isFull(client: string, more: number, { one, all }: { one: number; all: number }) {
      if (total + more > all) return 'all'
      return (byClient.get(client) ?? 0) + more > one ? 'one' : undefined
    },
    add(client: string, count: number) {
      total += count
      const own = (byClient.get(client) ?? 0) + count
      if (own === 0) byClient.delete(client)
      else byClient.set(client, own)
    }
  }
}
