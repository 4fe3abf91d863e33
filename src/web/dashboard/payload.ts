import { createHash } from 'node:crypto'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Language, Sentence } from '../../language.ts'
import * as decisions from '../../queue/decision.ts'
import * as jobs from '../../queue/job.ts'
import type { Fields, Kind, Problem } from '../../queue/kind.ts'
import type { Order } from '../../queue/order.ts'
import type { Line } from '../../queue/perform.ts'
import { changedPaths, revise } from '../../queue/revise.ts'
import { audit } from '../audit.ts'
import { showError } from '../error-page.ts'
import type { Text } from '../error-text.ts'
import { languageOf, rememberLanguage } from '../visitor.ts'
import { canAct } from './actor.ts'
import { jobPath } from './job-page.ts'
import { readId } from './jobs-query.ts'
import { payloadPage } from './payload/page.ts'
import { readEdited } from './payload/reading.ts'
import { readOnlyPage } from './refusals.ts'

type Asked = { Params: { id: string }; Body: Record<string, unknown> | undefined }
type Wanted = { job: jobs.Job; kind: Kind | undefined }

/** What no job has. */
const noToken = -1
/** The largest payload, three times as long in a form's body. */
const bodyLimit = 4_000_000

/** Mends the order of a failed job, and sends it back. */
export function payloadRoutes(line: Line): FastifyPluginAsync {
  return async app => {
    app.get<Asked>('/jobs/:id/payload', async (request, reply) => {
      const wanted = await find(line, request.params.id)
      if (!wanted) return reply.callNotFound()
      const { job, kind } = wanted
      if (!kind) return showError(request, reply, 409, kindGone)
      if (job.state !== 'failed') return reply.redirect(jobPath(job.id, `nothing-${job.id}`), 303)
      if (!canAct(request.actor)) return refuseViewer(request, reply)
      return show(request, reply, job, { fields: fieldsOf(job), token: job.fencing_token })
    })

    app.post<Asked>('/jobs/:id/payload', { bodyLimit }, async (request, reply) => {
      const wanted = await find(line, request.params.id)
      if (!wanted) return reply.callNotFound()
      const { job, kind } = wanted
      if (!kind) return showError(request, reply, 409, kindGone)
      const fields = textsIn(request.body ?? {})
      const token = /^\d{1,9}$/.test(fields['token'] ?? '') ? Number(fields['token']) : noToken
      const [, chosen] = /^lang-(ja|en)$/.exec(fields['action'] ?? '') ?? []
      if (chosen) {
        rememberLanguage(reply, chosen as Language)
        return show(request, reply, job, { fields, token, language: chosen as Language })
      }
      const reading = await readEdited(kind, fields, line.storage)
      if ('problems' in reading) {
        reply.code(422)
        return show(request, reply, job, { fields, token, problems: reading.problems })
      }
      const seen = { ...job, fencing_token: token }
      const revised = await save(line, request, seen, reading.order)
      if (!revised) {
        reply.code(409)
        return show(request, reply, job, { fields, token: job.fencing_token, notice: moved })
      }
      const isBack = fields['action'] === 'retry' && (await retry(line, request, revised))
      return reply.redirect(jobPath(job.id, `${isBack ? 'retry' : 'revise'}-${job.id}`), 303)
    })
  }
}

async function find(line: Line, text: string): Promise<Wanted | undefined> {
  const id = readId(text)
  const job = id ? await jobs.find(line.database, id) : undefined
  return job && { job, kind: line.kinds.find(({ name }) => name === job.kind) }
}

const kindGone: Text = {
  title: { ja: 'このジョブの種類はもうありません', en: 'The kind of this job is gone' },
  advice: {
    ja: '内容を確かめる規則がないため、編集できません。その種類を含む版をデプロイしてから編集するか、ジョブを破棄してください。',
    en: 'Nothing is left to check its payload against. Deploy a version that has its kind, then edit it; or discard the job.'
  }
}

/** The names of what differs are kept, and what tells the payloads apart; not what people wrote. */
async function save(line: Line, request: FastifyRequest, job: jobs.Job, order: Order) {
  const changed = [
    ...changedPaths(JSON.parse(job.payload), JSON.parse(order.payload)),
    ...(['email', 'language'] as const).filter(name => job[name] !== order[name])
  ]
  const details = { changed, before: hashOf(job), after: hashOf(order) }
  const about = { action: 'revise', job: job.id, details }
  return await audit(
    line,
    request,
    about,
    async () => (await revise(line.database, job, order)) ?? (false as const)
  )
}

async function retry(line: Line, request: FastifyRequest, job: jobs.Job) {
  const about = { action: 'retry', job: job.id }
  return await audit(line, request, about, () => decisions.sendBack(line, job))
}

const hashOf = ({ payload }: { payload: string }) =>
  createHash('sha256').update(payload).digest('hex').slice(0, 16)

const moved: Sentence = {
  ja: 'このジョブは、編集しているあいだに変わりました。ページのジョブの状態を確かめ、よければもう一度保存してください。',
  en: 'The job has changed while you edited it. See its page; if yours is right, save it again.'
}

type Shown = {
  fields: Fields
  token: number
  problems?: Problem[]
  notice?: Sentence
  language?: Language
}

function show(
  request: FastifyRequest,
  reply: FastifyReply,
  job: jobs.Job,
  { fields, token, problems = [], notice, language = languageOf(request) }: Shown
) {
  const view = { language, values: fields, problems }
  reply.type('text/html; charset=utf-8')
  return payloadPage({ job, view, token: String(token), notice, actor: request.actor })
}

function refuseViewer(request: FastifyRequest, reply: FastifyReply) {
  reply.code(403).type('text/html; charset=utf-8')
  return request.actor && readOnlyPage(request.actor, languageOf(request))
}

function fieldsOf({ payload, email, language }: jobs.Job): Fields {
  return { email, language, payload: JSON.stringify(JSON.parse(payload), null, 2) }
}

function textsIn(body: Record<string, unknown>): Fields {
  const texts = Object.entries(body).filter(([, value]) => typeof value === 'string')
  return Object.fromEntries(texts) as Fields
}
