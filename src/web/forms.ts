import { createHash, randomUUID } from 'node:crypto'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { field, problemList } from '../form.ts'
import { type Html, html } from '../html.ts'
import { speak } from '../language.ts'
import { page } from '../page.ts'
import { enqueue } from '../queue/enqueue.ts'
import type { Fields, FormView, Kind } from '../queue/kind.ts'
import { type Order, readOrder } from '../queue/order.ts'
import type { Line } from '../queue/perform.ts'
import { languageOf, refuseForeignForms } from './visitor.ts'

type Route = { Params: { kind: string } }

/** `GET` and `POST /new/:kind`: the form of a kind. What was typed is never lost. */
export function formRoutes(line: Line): FastifyPluginAsync {
  return async app => {
    app.addHook('onRequest', refuseForeignForms)

    app.get<Route>('/new/:kind', async (request, reply) => {
      const kind = line.kinds.find(({ name }) => name === request.params.kind)
      if (!kind) return reply.callNotFound()
      const values = { language: languageOf(request) }
      reply.type('text/html; charset=utf-8')
      return formPage(kind, { values, problems: [], language: languageOf(request) })
    })

    const rateLimit = { max: 60, timeWindow: '1 minute' }
    app.post<Route>('/new/:kind', { config: { rateLimit } }, async (request, reply) => {
      const kind = line.kinds.find(({ name }) => name === request.params.kind)
      if (!kind) return reply.callNotFound()
      const { action, ...fields } = typed(request)
      const values = kind.form.edit?.(fields, action) ?? fields
      const view = { language: languageOf(request), values, problems: [] }
      reply.type('text/html; charset=utf-8')
      if (action) return formPage(kind, view)
      const reading = readForm(kind, values)
      if ('problems' in reading)
        return reply.code(422).send(formPage(kind, { ...view, problems: reading.problems }))
      const { job } = await enqueue(line, reading.order, submissionKey(values, reading.order))
      return reply.redirect(`/jobs/${job.token}`, 303)
    })
  }
}

function readForm(kind: Kind, values: Fields) {
  const { email, language } = values
  return readOrder(kind, { ...(kind.form.read(values) as object), email, language })
}

function typed(request: FastifyRequest): Fields {
  const entries = Object.entries((request.body ?? {}) as Record<string, string | string[]>)
  return Object.fromEntries(entries.map(([name, value]) => [name, [value].flat().at(-1) ?? '']))
}

/** The same form sent twice (a double click, a reload) is one job; sent again with changes, another. */
function submissionKey({ submission }: Fields, order: Order) {
  if (!submission) return undefined
  return createHash('sha256').update(`form ${submission} ${order.payload_hash}`).digest('hex')
}

function formPage(kind: Kind, view: FormView): string {
  const { language, values, problems } = view
  const t = speak(language)
  const title = kind.title[language]
  const path = `/new/${kind.name}`
  const body = html`<h1>${title}</h1>
<p class="lead">${kind.summary[language]}</p>
${problemList(view)}
<form method="post" action="${path}" class="form" novalidate>
<button type="submit" class="default-action" tabindex="-1" aria-hidden="true"></button>
<input type="hidden" name="submission" value="${values['submission'] || randomUUID()}">
${kind.form.fields(view)}
<fieldset>
<legend>${t('お届け先', 'Delivery')}</legend>
<div class="grid">${deliveryFields(view)}</div>
</fieldset>
<p class="submit"><button type="submit" class="primary">${t('この内容で作成する', 'Make it')}</button></p>
</form>`
  const shown = problems.length > 0 ? `${t('エラー', 'Error')}: ${title}` : title
  return page({ title: shown, language, path, body, script: 'form.js' })
}

function deliveryFields(view: FormView): Html {
  const t = speak(view.language)
  const email = t('メールアドレス', 'Email address')
  const hint = t('できあがりのお知らせをお送りします。', 'Where we send the link.')
  const language = t('書類とメールの言語', 'Language of document and mail')
  return html`${field(view, { name: 'email', label: email, hint, type: 'email', autocomplete: 'email', span: 8 })}
${field(view, {
  name: 'language',
  label: language,
  span: 4,
  options: [
    ['ja', '日本語'],
    ['en', 'English']
  ]
})}`
}
