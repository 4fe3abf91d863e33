import type { FastifyReply, FastifyRequest } from 'fastify'
import { basicCredentials } from '../../auth.ts'
import type { Config } from '../../config.ts'
import { showError } from '../error-page.ts'
import { languageOf } from '../visitor.ts'
import { type Actor, readName } from './actor.ts'
import { loginPage, loginPath } from './login-page.ts'
import { openPasswords, secondsToWait, type Verdict } from './passwords.ts'
import { closed, readOnlyPage } from './refusals.ts'
import { openSessions } from './session.ts'

export type Door = ReturnType<typeof openDoor>

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A page of the dashboard for whoever is not in yet. */
    isOutside?: boolean
  }
}

/**
 * Lets in who has logged in, and programs that send the password with each request (HTTP Basic). Nobody at all until
 * `OPERATOR_PASSWORD` is set. A viewer changes nothing, whatever the page draws.
 */
export function openDoor(config: Config) {
  const sessions = openSessions(config)
  const judge = openPasswords(config)

  async function guard(request: FastifyRequest, reply: FastifyReply) {
    if (!config.OPERATOR_PASSWORD) return await showError(request, reply, 403, closed)
    if (request.routeOptions.config.isOutside) return
    const actor = (await sessions.of(request)) ?? program(request, judge)
    if (typeof actor !== 'object') return await sendAway(request, reply, actor)
    request.actor = actor
    if (actor.role === 'operator' || isReading(request)) return
    reply.code(403).type('text/html; charset=utf-8')
    return await reply.send(readOnlyPage(actor, languageOf(request)))
  }

  return { sessions, judge, guard }
}

type Judge = (request: FastifyRequest, password: string) => Verdict

function program(request: FastifyRequest, judge: Judge): Actor | 'unknown' | 'wrong' | 'too many' {
  const sent = basicCredentials(request.headers.authorization)
  if (!sent) return 'unknown'
  const verdict = judge(request, sent.password)
  if (verdict === 'wrong' || verdict === 'too many') return verdict
  return { role: verdict, name: readName(sent.name) }
}

const isReading = ({ method }: FastifyRequest) => method === 'GET' || method === 'HEAD'

/** People to the login page, and back to what they wanted; programs with a sentence. */
function sendAway(
  request: FastifyRequest,
  reply: FastifyReply,
  why: 'unknown' | 'wrong' | 'too many'
) {
  const isPerson = why === 'unknown' && /\btext\/html\b/.test(request.headers.accept ?? '')
  if (isPerson && isReading(request)) return reply.redirect(loginPath(request.url), 303)
  if (isPerson) {
    const view = { language: languageOf(request), next: '', notice: 'ended' as const }
    return reply.code(401).type('text/html; charset=utf-8').send(loginPage(view))
  }
  reply.type('text/plain; charset=utf-8')
  if (why === 'too many')
    return reply.code(429).header('retry-after', secondsToWait()).send(tooMany)
  reply.header('www-authenticate', 'Basic realm="Beanline", charset="UTF-8"')
  return reply.code(401).send('Send the password of the dashboard, with any name.')
}

const tooMany = 'There were too many wrong passwords from this address; wait for a minute.'
