import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { Line } from '../../queue/perform.ts'
import { audit } from '../audit.ts'
import { languageOf } from '../visitor.ts'
import { readName } from './actor.ts'
import type { Door } from './door.ts'
import { type LoginView, loginPage, loginPath } from './login-page.ts'
import { secondsToWait } from './passwords.ts'

type Query = { Querystring: { next?: unknown; out?: unknown } }

/** The login page and the way out: what is there for whoever is not in. */
export function loginRoutes(line: Line, { sessions, judge }: Door): FastifyPluginAsync {
  return async app => {
    const config = { isOutside: true }

    app.get<Query>('/login', { config }, async (request, reply) => {
      const { next, out } = request.query
      reply.type('text/html; charset=utf-8')
      return loginPage({
        ...{ language: languageOf(request), next: safePath(next) },
        ...(out === 'yes' && { notice: 'out' })
      })
    })

    app.post('/login', { config }, async (request, reply) => {
      const { name, password, next } = typed(request)
      const again = (status: number, notice: LoginView['notice'] & string) => {
        reply.code(status).type('text/html; charset=utf-8')
        return loginPage({ language: languageOf(request), next, name, notice })
      }
      if (!name) return again(422, 'nameless')
      const verdict = judge(request, password)
      if (verdict === 'wrong') return again(401, verdict)
      if (verdict === 'too many') {
        reply.header('retry-after', secondsToWait())
        return again(429, verdict)
      }
      request.actor = { role: verdict, name }
      reply.header('set-cookie', await sessions.cookieFor(request.actor))
      await audit(line, request, { action: 'login' }, async () => true)
      return reply.redirect(next || '/dashboard/', 303)
    })

    app.post('/logout', { config }, async (request, reply) => {
      request.actor = (await sessions.of(request)) ?? null
      if (request.actor) await audit(line, request, { action: 'logout' }, async () => true)
      reply.header('set-cookie', sessions.endingCookie())
      return reply.redirect(`${loginPath('')}?out=yes`, 303)
    })
  }
}

function typed({ body }: FastifyRequest) {
  const sent = (body ?? {}) as Record<string, unknown>
  return {
    name: readName(String(sent['name'] ?? '')),
    password: String(sent['password'] ?? ''),
    next: safePath(sent['next'])
  }
}

/** An address within the dashboard, as our own links have it; of any other text nothing. */
export function safePath(next: unknown): string {
  if (typeof next !== 'string' || !URL.canParse(next, here)) return ''
  const { origin, pathname, search } = new URL(next, here)
  const isInside = pathname === '/dashboard' || pathname.startsWith('/dashboard/')
  if (origin !== here || !isInside || /^\/dashboard\/log(?:in|out)\b/.test(pathname)) return ''
  return pathname + search
}

/** Reading addresses as a browser does finds the sites that hide behind backslashes, tabs and dots. */
const here = 'http://beanline.invalid'
