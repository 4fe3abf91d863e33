import type { FastifyRequest } from 'fastify'
import { isSameSecret } from '../../auth.ts'
import type { Config } from '../../config.ts'
import { clientOf } from '../client.ts'
import type { Role } from './actor.ts'

/** The role that a password opens; or that it opens none; or that it was not even looked at. */
export type Verdict = Role | 'wrong' | 'too many'

/** Of one client in one minute. Whoever has used them up is refused with the right one, too, or could go on trying. */
const mostWrong = 10
const minute = 60_000

/** Looks at passwords for the dashboard, from its login page and from programs alike. */
export function openPasswords(config: Config) {
  const wrong = countByMinute()
  return (request: FastifyRequest, password: string): Verdict => {
    const client = clientOf(request)
    if (wrong.of(client) >= mostWrong) return 'too many'
    const role = roleOf(password, config)
    if (role) return role
    wrong.add(client)
    request.log.warn('wrong password for the dashboard')
    return 'wrong'
  }
}

/** Until the next minute begins, in seconds. */
export const secondsToWait = () => Math.ceil((minute - (Date.now() % minute)) / 1000)

function roleOf(given: string, { OPERATOR_PASSWORD, VIEWER_PASSWORD }: Config): Role | undefined {
  if (OPERATOR_PASSWORD && isSameSecret(given, OPERATOR_PASSWORD)) return 'operator'
  if (VIEWER_PASSWORD && isSameSecret(given, VIEWER_PASSWORD)) return 'viewer'
  return undefined
}

function countByMinute() {
  let current = 0
  let counts = new Map<string, number>()
  const ofNow = () => {
    const now = Math.floor(Date.now() / minute)
    if (now !== current) counts = new Map()
    current = now
    return counts
  }
  return {
    of: (client: string) => ofNow().get(client) ?? 0,
    add: (client: string) => void ofNow().set(client, (ofNow().get(client) ?? 0) + 1)
  }
}
