import type { FastifyPluginAsync } from 'fastify'
import { html } from '../html.ts'
import { speak } from '../language.ts'
import { page } from '../page.ts'
import type { Kind } from '../queue/kind.ts'
import type { Line } from '../queue/perform.ts'
import { languageOf } from './visitor.ts'

/** `GET /`: what this is, and the kinds of job that one can order. */
export function homeRoutes({ kinds }: Line): FastifyPluginAsync {
  return async app => {
    app.get('/', async (request, reply) => {
      const language = languageOf(request)
      reply.type('text/html; charset=utf-8').header('vary', 'accept-language, cookie')
      return homePage(kinds, language)
    })
  }
}

function homePage(kinds: Kind[], language: 'ja' | 'en') {
  const t = speak(language)
  const title = t('書類を作って、メールで届けます', 'We make your document and mail you the link')
  const steps = [
    t(
      'フォームに入力して送信します。すぐに受付が完了します。',
      'Fill in a form. It is accepted at once.'
    ),
    t(
      '書類を自動で作成します。画面は閉じていただいてもかまいません。',
      'We make the document. You may close the page.'
    ),
    t('できあがったら、リンクをメールでお送りします。', 'When it is ready, a link arrives by mail.')
  ]
  const body = html`<h1>${title}</h1>
<ol class="steps">${steps.map(step => html`<li>${step}</li>`)}</ol>
<h2>${t('作成できる書類', 'What we make')}</h2>
<ul class="cards">${kinds.map(kind => card(kind, language))}</ul>`
  return page({ title: t('はじめに', 'Welcome'), language, body })
}

function card({ name, title, summary }: Kind, language: 'ja' | 'en') {
  return html`<li class="card">
<h3><a href="/new/${name}">${title[language]}</a></h3>
<p>${summary[language]}</p>
</li>`
}
