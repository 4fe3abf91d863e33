import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Language, preferredLanguage } from '../language.ts'

const cookie = /(?:^|;\s*)lang=(ja|en)(?:;|$)/

/** The language of the person: chosen on the page, remembered from before, or what the browser asks for. */
export function languageOf({ query, headers }: FastifyRequest): Language {
  // An address that can't be read has no query at all.
  const chosen = (query as { lang?: unknown } | null)?.lang
  if (chosen === 'ja' || chosen === 'en') return chosen
  const remembered = cookie.exec(headers.cookie ?? '')?.[1] as Language | undefined
  return remembered ?? preferredLanguage(headers['accept-language'])
}

/** Remembers the choice of `?lang=`. */
export async function rememberChoice({ query }: FastifyRequest, reply: FastifyReply) {
  const { lang } = query as { lang?: unknown }
  if (lang === 'ja' || lang === 'en') rememberLanguage(reply, lang)
}

/** For a year. */
export function rememberLanguage(reply: FastifyReply, language: Language) {
  const cookie = `lang=${language}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly`
  reply.header('set-cookie', cookie)
}

/** Bodies are what forms send, so that every field is text; anything else is answered with 415. */
export async function takeFormsOnly(app: FastifyInstance) {
  app.removeAllContentTypeParsers()
  await app.register(formbody)
}

/**
 * A browser says where a request comes from; one that another site makes for the person (CSRF) is
 * refused. Programs that say nothing hold no session to abuse. See OWASP, "CSRF Prevention", Fetch
 * Metadata.
 */
export async function refuseForeignForms(request: FastifyRequest) {
  if (request.method !== 'POST') return
  const site = request.headers['sec-fetch-site']
  const isOurs = site ? site === 'same-origin' || site === 'none' : isSameOrigin(request)
  if (!isOurs)
    throw Object.assign(new Error('This was sent from another site.'), { statusCode: 403 })
}

function isSameOrigin({ headers }: FastifyRequest) {
  if (!headers.origin) return true
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host
}
