import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Scope } from '../../queue/api-key.ts'
import type { Line } from '../../queue/perform.ts'
import { refuse } from './answer.ts'
import { type Key, openKeys } from './key.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose request it is; on routes of the API that are not public, never null. */
    apiKey: Key | null
  }
  interface FastifyContextConfig {
    /** One of these scopes is needed; any key will do without. */
    scopes?: readonly Scope[]
    /** Needs no key. */
    isPublic?: boolean
  }
}

/** Lets in who has a key that is open, may do what is asked, and has not asked too often. */
export function closeDoor(app: FastifyInstance, line: Line) {
  const keys = openKeys(line)
  const count = app.createRateLimit({
    max: ({ apiKey }) => apiKey?.perMinute ?? 0,
    timeWindow: '1 minute',
    keyGenerator: ({ apiKey }) => `key ${apiKey?.space}`
  })
  app.decorateRequest('apiKey', null)

  // After the rate limit, which counts in onRequest of the route: wrong keys must use it up.
  app.addHook('preParsing', async (request, reply) => {
    const { isPublic, scopes } = request.routeOptions.config
    if (isPublic) return undefined
    const key = await keys.find(request.headers.authorization)
    if (typeof key === 'string') {
      reply.header('www-authenticate', 'Bearer')
      return await refuse(reply, 401, key)
    }
    request.apiKey = key
    if (tell(reply, await count(request))) return await refuse(reply, 429, tooOften(key))
    if (scopes && !scopes.some(scope => key.scopes.includes(scope)))
      return await refuse(reply, 403, lacking(key, scopes))
    return undefined
  })
}

/** The key of a request that has come through the door. */
export function keyOf({ apiKey }: FastifyRequest): Key {
  if (!apiKey) throw new Error('This route is public: it has no key.')
  return apiKey
}

type Count = {
  isAllowed: boolean
  isExceeded?: boolean
  max?: number
  remaining?: number
  ttlInSeconds?: number
}

/** In the fields that draft-ietf-httpapi-ratelimit-headers-07 names; whether there were too many. */
function tell(reply: FastifyReply, { isExceeded = false, max, remaining, ttlInSeconds }: Count) {
  reply.header('ratelimit-limit', max)
  reply.header('ratelimit-remaining', remaining)
  reply.header('ratelimit-reset', ttlInSeconds)
  if (isExceeded) reply.header('retry-after', ttlInSeconds)
  return isExceeded
}

function tooOften({ perMinute }: Key) {
  return `This key may send ${perMinute.toLocaleString('en')} requests a minute: wait as many seconds as Retry-After says.`
}

function lacking({ scopes }: Key, needed: readonly Scope[]) {
  const has = scopes.length > 0 ? scopes.join(', ') : 'none'
  return `This needs a key with the scope ${needed.join(' or ')}; yours has ${has}. Ask the operator for one.`
}
