import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Html, html } from '../html.ts'
import type { Language, Sentence } from '../language.ts'
import { page } from '../page.ts'
import { broken, missingJob, refused, type Text, texts } from './error-text.ts'
import { languageOf } from './visitor.ts'

/** Where an error page leads to. */
type Way = { href: string; label: Sentence }

const home: Way = { href: '/', label: { ja: 'トップページへ', en: 'To the home page' } }

/** Answers with a page that says what is wrong and what to do next, and has a way to do it. */
export function showError(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  text: Text = textFor(request, status)
) {
  const page = errorPage(text, [...waysFrom(request, status), home], languageOf(request))
  return reply.code(status).type('text/html; charset=utf-8').send(page)
}

function textFor({ url }: FastifyRequest, status: number): Text {
  if (status === 404 && url.startsWith('/jobs/')) return missingJob
  return texts[status] ?? (status < 500 ? refused : broken)
}

/** The one way that helps most, where there is one beside the home page. */
function waysFrom({ url, method }: FastifyRequest, status: number): Way[] {
  const isAsked = method === 'GET' && /^\/(?!\/)/.test(url)
  if (isAsked && worthAnotherTry.includes(status)) return [{ href: url, label: again }]
  if (status === 404 && /^\/dashboard\/[^?]/.test(url)) return [dashboard]
  if (status === 404 || status === 400) return []
  if (method === 'POST' && url.startsWith('/dashboard/')) return [dashboard]
  const [path, part] = /^\/(new|jobs)\/[\w-]+/.exec(url) ?? []
  return path ? [{ href: path, label: labels[part as keyof typeof labels] }] : []
}

const worthAnotherTry = [429, 500, 502, 503, 504]
const dashboard: Way = {
  href: '/dashboard/',
  label: { ja: '管理画面へ', en: 'To the dashboard' }
}
const again: Sentence = { ja: 'もう一度試す', en: 'Try again' }
const labels = {
  new: { ja: '入力画面へ', en: 'To the form' },
  jobs: { ja: 'ご依頼のページへ', en: 'To the page of this order' }
}

/** For a person whose language is not known: a request that can't be read doesn't say. */
export function errorPageInBoth(status: number): string {
  const { title, advice } = texts[status] ?? refused
  const body = html`<section class="trouble"><h1>${title.ja}</h1>
<p>${advice.ja}</p>
<div lang="en"><h2>${title.en}</h2>
<p>${advice.en}</p></div>
<p><a class="button" href="/">トップページへ · <span lang="en">To the home page</span></a></p></section>`
  return page({ title: `${title.ja} · ${title.en}`, language: 'ja', body })
}

function errorPage({ title, advice }: Text, ways: Way[], language: Language): string {
  const body = html`<section class="trouble"><h1>${title[language]}</h1>
<p>${advice[language]}</p>
<p class="ways">${ways.map((way, index) => link(way, index === 0, language))}</p></section>`
  return page({ title: title[language], language, body })
}

function link({ href, label }: Way, isFirst: boolean, language: Language): Html {
  return html`<a class="button${isFirst && html` primary`}" href="${href}">${label[language]}</a> `
}
