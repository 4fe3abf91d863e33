import type { FastifyPluginAsync } from 'fastify'
import { html } from '../html.ts'
import { type Language, type Sentence, speak } from '../language.ts'
import { page } from '../page.ts'
import type { Kind } from '../queue/kind.ts'
import type { Line } from '../queue/perform.ts'
import { samplePicture } from './sample.ts'
import { languageOf } from './visitor.ts'

/** `GET /`: what this is, and the kinds of job that one can order. */
export function homeRoutes(line: Line): FastifyPluginAsync {
  return async app => {
    app.get('/', async (request, reply) => {
      const language = languageOf(request)
      reply.type('text/html; charset=utf-8').header('vary', 'accept-language, cookie')
      return homePage(line, language)
    })
  }
}

function homePage({ kinds, config }: Line, language: Language) {
  const t = speak(language)
  const body = html`<section class="hero">
<h1>${t('書類を作って、メールでお届けします', 'We make your document and mail you the link')}</h1>
<p>${t('フォームに入力するだけ。時間のかかる作成は、おまかせください。', 'Fill in a form and go on with your day. The slow part is ours.')}</p>
</section>
<h2 id="kinds">${t('作成できる書類', 'What we make')}</h2>
<ul class="cards">${kinds.map(kind => card(kind, language))}</ul>
<h2>${t('ご利用の流れ', 'How it works')}</h2>
<ol class="steps">${stepsFor(language).map(([name, text]) => html`<li><h3>${name}</h3><p>${text}</p></li>`)}</ol>
<p class="promise">${promise(config)[language]}</p>`
  return page({ title: t('はじめに', 'Welcome'), language, body })
}

function stepsFor(language: Language): [string, string][] {
  const t = speak(language)
  return [
    [
      t('入力する', 'Fill in a form'),
      t('送信すると、すぐに受付が完了します。', 'It is accepted the moment you send it.')
    ],
    [
      t('待たずに離れる', 'Don’t wait'),
      t(
        '作成中も、画面を閉じていただいてかまいません。',
        'You may close the page while we make it.'
      )
    ],
    [
      t('メールで受け取る', 'Get a mail'),
      t(
        'できあがったら、リンクをメールでお送りします。',
        'When it is ready, the link comes by mail.'
      )
    ]
  ]
}

function promise({ LINK_DAYS }: Line['config']): Sentence {
  return {
    ja: `書類は${LINK_DAYS}日間ダウンロードできます。リンクはいつでもご自身で無効にできます。`,
    en: `Documents can be downloaded for ${LINK_DAYS} days. You can close the link yourself at any time.`
  }
}

function card(kind: Kind, language: Language) {
  const { name, title, summary } = kind
  return html`<li class="card">
${samplePicture(kind, language)}
<h3><a href="/new/${name}">${title[language]}</a></h3>
<p>${summary[language]}</p>
<p class="go" aria-hidden="true">${speak(language)('作成する', 'Make one')} <span>→</span></p>
</li>`
}
