import { createHash } from 'node:crypto'
import type { FastifyError, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Language, Sentence } from '../language.ts'
import { enqueue } from '../queue/enqueue.ts'
import type { Fields, FormView, Kind } from '../queue/kind.ts'
import { type Order, readOrder } from '../queue/order.ts'
import type { Line } from '../queue/perform.ts'
import { formPage } from './form-page.ts'
import { languageOf, refuseForeignForms, rememberLanguage, takeFormsOnly } from './visitor.ts'

type Route = { Params: { kind: string } }

/** `GET` and `POST /new/:kind`: the form of a kind. What was typed is never lost. */
export function formRoutes(line: Line): FastifyPluginAsync {
  return async app => {
    await takeFormsOnly(app)
    app.addHook('onRequest', refuseForeignForms)

    app.get<Route>('/new/:kind', async (request, reply) => {
      const kind = line.kinds.find(({ name }) => name === request.params.kind)
      if (!kind) return reply.callNotFound()
      const values = { language: languageOf(request) }
      reply.type('text/html; charset=utf-8')
      return formPage(kind, { values, problems: [], language: languageOf(request) })
    })

    // Counts orders only, not the other buttons of the form.
    const countOrder = app.createRateLimit({ max: 60, timeWindow: '1 minute' })
    // After the body is read, so that the form can be given back.
    const rateLimit = { hook: 'preHandler' as const }
    app.post<Route>('/new/:kind', { config: { rateLimit } }, async (request, reply) => {
      const kind = line.kinds.find(({ name }) => name === request.params.kind)
      if (!kind) return reply.callNotFound()
      reply.type('text/html; charset=utf-8')
      const { action, ...fields } = typed(request)
      const chosen = languageIn(action)
      if (chosen) rememberLanguage(reply, chosen)
      const language = chosen ?? languageOf(request)
      if (action) return formPage(kind, pressed(kind, fields, action, language))

      const values = kind.form.edit?.(fields) ?? fields
      const reading = readForm(kind, values)
      if ('problems' in reading)
        return reply.code(422).send(formPage(kind, { language, values, ...reading }))
      const count = await countOrder(request)
      if ('isExceeded' in count && count.isExceeded) throw tooMany(reply, count.ttlInSeconds)
      const { job } = await enqueue(line, reading.order, submissionKey(values, reading.order))
      return reply.redirect(`/jobs/${job.token}`, 303)
    })

    app.setErrorHandler<FastifyError, Route>((error, request, reply) => {
      const kind = line.kinds.find(({ name }) => name === request.params.kind)
      if (error.statusCode !== 429 || !kind || !request.body) throw error
      const view = { language: languageOf(request), values: typed(request), problems: [] }
      return reply
        .code(429)
        .type('text/html; charset=utf-8')
        .send(formPage(kind, view, busy))
    })
  }
}

const busy: Sentence = {
  ja: '送信が続いたため、まだ受け付けていません。入力内容はこのまま残っています。1分ほど待ってから、もう一度送信してください。',
  en: 'There were many orders at once, so this one is not accepted yet. All you typed is still here: wait for a minute, then send it again.'
}

function tooMany(reply: FastifyReply, seconds: number) {
  reply.header('retry-after', seconds)
  return Object.assign(new Error('Too many orders; send this one again later.'), {
    statusCode: 429
  })
}

/** The fields of the form; of those that come twice, the last. */
function typed({ body }: FastifyRequest): Fields {
  const entries = Object.entries((body ?? {}) as Record<string, string | string[]>)
  return Object.fromEntries(entries.map(([name, value]) => [name, [value].flat().at(-1) ?? '']))
}

/** The language that the form's switch asks for. */
function languageIn(action: string | undefined) {
  return /^lang-(ja|en)$/.exec(action ?? '')?.[1] as Language | undefined
}

/** The form after one of its buttons that order nothing: the language switch, or the kind's own. */
function pressed(kind: Kind, fields: Fields, action: string, language: Language): FormView {
  if (!languageIn(action))
    return { language, values: kind.form.edit?.(fields, action) ?? fields, problems: [] }
  const reading = fields['checked'] ? readForm(kind, fields) : undefined
  const problems = reading && 'problems' in reading ? reading.problems : []
  return { language, values: fields, problems }
}

function readForm(kind: Kind, values: Fields) {
  const { email, language } = values
  return readOrder(kind, { ...(kind.form.read(values) as object), email, language })
}

/** The same form sent twice (a double click, a reload) is one job; sent again with changes, another. */
function submissionKey({ submission }: Fields, order: Order) {
  if (!submission) return undefined
  return createHash('sha256').update(`form ${submission} ${order.payload_hash}`).digest('hex')
}
