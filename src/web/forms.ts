import { createHash } from 'node:crypto'
import type { FastifyError, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Language, Sentence } from '../language.ts'
import { enqueue } from '../queue/enqueue.ts'
import type { Fields, FormView, Kind, Problem } from '../queue/kind.ts'
import { type Order, readOrder } from '../queue/order.ts'
import { GiveUp } from '../queue/outcome.ts'
import type { Line } from '../queue/perform.ts'
import { gone, uploadIn } from '../upload.ts'
import { retryAfter } from './crowd.ts'
import { formPage } from './form-page.ts'
import { takeFiles } from './multipart.ts'
import { admit, isOverload } from './overload.ts'
import { storeAll } from './uploads.ts'
import { languageOf, refuseForeignForms, rememberLanguage, takeFormsOnly } from './visitor.ts'

type Route = { Params: { kind: string } }

/** `GET` and `POST /new/:kind`: the form of a kind. What was typed is never lost. */
export function formRoutes(line: Line): FastifyPluginAsync {
  return async app => {
    const kindOf = ({ params }: FastifyRequest) =>
      line.kinds.find(({ name }) => name === (params as Route['Params']).kind)
    await takeFormsOnly(app)
    await takeFiles(app, kindOf)
    // After the body is read, so that the form can be given back.
    app.addHook('preValidation', refuseForeignForms)

    app.get<Route>('/new/:kind', async (request, reply) => {
      const kind = kindOf(request)
      if (!kind) return reply.callNotFound()
      const values = { language: languageOf(request) }
      reply.type('text/html; charset=utf-8')
      return formPage(kind, { values, problems: [], language: languageOf(request) })
    })

    // Counts orders and files only, not the other buttons of the form.
    const countOrder = app.createRateLimit({ max: 60, timeWindow: '1 minute' })
    const countFiles = app.createRateLimit({ max: 60, timeWindow: '1 minute' })
    const rateLimit = { hook: 'preHandler' as const }
    app.post<Route>('/new/:kind', { config: { rateLimit } }, async (request, reply) => {
      const kind = kindOf(request)
      if (!kind) return reply.callNotFound()
      reply.type('text/html; charset=utf-8')
      const { action, ...sent } = typed(request)
      const chosen = languageIn(action)
      if (chosen) rememberLanguage(reply, chosen)
      const language = chosen ?? languageOf(request)
      if (request.sentFiles.size > 0 || carriesFile(kind, sent))
        hold(reply, await countFiles(request))
      const { fields, problems } = await storeAll(line.storage, kind, sent, request.sentFiles)
      const again = (view: Omit<FormView, 'language'>) =>
        reply.code(422).send(formPage(kind, { language, ...view }))
      if (problems.length > 0) return again({ values: fields, problems })
      const step = action || (kind.form.next?.(fields) && 'next')
      if (step) return formPage(kind, await pressed(line, kind, fields, step, language))

      const values = (await kind.form.edit?.(fields, undefined, line.storage)) ?? fields
      const reading = await readForm(line, kind, values)
      if ('problems' in reading) return again({ values, ...reading })
      hold(reply, await countOrder(request))
      try {
        admit(line.database)
        const { job } = await enqueue(line, reading.order, submissionKey(values, reading.order))
        return reply.redirect(`/jobs/${job.token}`, 303)
      } catch (error) {
        if (!isOverload(error)) throw error
        reply.code(503).header('retry-after', retryAfter)
        return formPage(kind, { language, values, problems: [] }, overloaded)
      }
    })

    app.setErrorHandler<FastifyError, Route>((error, request, reply) => {
      const kind = kindOf(request)
      const { statusCode: status = 500 } = error
      const notice = Object.hasOwn(kept, status) ? kept[status] : undefined
      if (!notice || !kind || !request.body) throw error
      const values = typed(request)
      // A number of ours says which sending it is; that of another site says nothing.
      if (status === 403) delete values['submission']
      reply.code(status).type('text/html; charset=utf-8')
      return reply.send(
        formPage(kind, { language: languageOf(request), values, problems: [] }, notice)
      )
    })
  }
}

/** What is said over the form that comes back as it was typed, by the status. */
const kept: Record<number, Sentence> = {
  403: {
    ja: 'ほかのサイトから送信されたため、まだ受け付けていません。届いた内容はこのフォームにあります。ご自身で入力したものか確かめてから、もう一度送信してください。',
    en: 'This came from another site, so it is not accepted yet. What came is in this form: see that it is what you typed, then send it again.'
  },
  429: {
    ja: '送信が続いたため、まだ受け付けていません。入力内容はこのまま残っています。1分ほど待ってから、もう一度送信してください。',
    en: 'There were many orders at once, so this one is not accepted yet. All you typed is still here: wait for a minute, then send it again.'
  }
}

const overloaded: Sentence = {
  ja: 'ただいま混み合っているため、まだ受け付けていません。入力内容はこのまま残っています。数秒待ってから、もう一度送信してください。',
  en: 'There is too much to do at once, so this order is not accepted yet. All you typed is still here: wait for some seconds, then send it again.'
}

/** Whether a file that came before is to be looked through again. */
function carriesFile({ form }: Kind, fields: Fields) {
  return Object.keys(form.files ?? {}).some(name => uploadIn(fields, name))
}

type Count = { isAllowed: boolean; isExceeded?: boolean; ttlInSeconds?: number }

/** Throws when there were too many. */
function hold(reply: FastifyReply, { isExceeded, ttlInSeconds }: Count) {
  if (!isExceeded) return
  reply.header('retry-after', ttlInSeconds)
  throw Object.assign(new Error('Too many orders; send this one again later.'), {
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
async function pressed(
  line: Line,
  kind: Kind,
  fields: Fields,
  action: string,
  language: Language
): Promise<FormView> {
  const wrong = await problemsAt(action, line, kind, fields)
  if (languageIn(action) || wrong.length > 0) return { language, values: fields, problems: wrong }
  try {
    const edited = await kind.form.edit?.({ language, ...fields }, action, line.storage)
    return { language, values: edited ?? fields, problems: [] }
  } catch (error) {
    if (!(error instanceof GiveUp)) throw error
    return { language, values: fields, problems: goneFrom(kind, fields) }
  }
}

/** A file that came with an earlier step is kept for some days only. */
function goneFrom({ form }: Kind, fields: Fields): Problem[] {
  const names = Object.keys(form.files ?? {}).filter(name => uploadIn(fields, name))
  return names.slice(0, 1).map(path => ({ path, sentence: gone }))
}

/** The errors that a button must not hide: those shown before, and before the next step those of files. */
async function problemsAt(action: string, line: Line, kind: Kind, fields: Fields) {
  const isShown = languageIn(action) ? Boolean(fields['checked']) : action === 'next'
  const reading = isShown ? await readForm(line, kind, fields) : undefined
  const problems = reading && 'problems' in reading ? reading.problems : []
  if (action !== 'next') return problems
  return problems.filter(({ path }) =>
    Object.hasOwn(kind.form.files ?? {}, path.split('.')[0] ?? '')
  )
}

async function readForm({ storage }: Line, kind: Kind, values: Fields) {
  const { email, language } = values
  const input = { ...(kind.form.read(values) as object), email, language }
  return await readOrder(kind, input, storage)
}

/** The same form sent twice (a double click, a reload) is one job; sent again with changes, another. */
function submissionKey({ submission }: Fields, order: Order) {
  if (!submission) return undefined
  return createHash('sha256').update(`form ${submission} ${order.payload_hash}`).digest('hex')
}
