import type { FastifyPluginAsync } from 'fastify'
import * as decisions from '../../queue/decision.ts'
import * as jobs from '../../queue/job.ts'
import type { Line } from '../../queue/perform.ts'
import { audit } from '../audit.ts'
import { sendAgain } from '../mail-again.ts'
import { languageOf } from '../visitor.ts'
import { type Query, readId } from './jobs-query.ts'
import type { MailAction } from './mail-table.ts'
import { mailsPage } from './mails-page.ts'
import { mailsPath, readAsked } from './mails-query.ts'
import { viewMails } from './mails-view.ts'

type List = { Querystring: Query }
type Act = { Params: { id: string; action: string }; Querystring: Query }

/** Each gives whether it could be done. */
const actions: Record<MailAction, (line: Line, job: jobs.Job) => Promise<boolean>> = {
  retry: decisions.sendBack,
  discard: (line, job) => decisions.discard(line.database, job),
  'mail-again': async (line, job) => (await sendAgain(line, job))?.status === 'new'
}

/** The mails of jobs: what became of them, and what the operator does about it. */
export function mailsRoutes(line: Line): FastifyPluginAsync {
  const { database, config, log } = line
  return async app => {
    app.get<List>('/mails/', async (request, reply) => {
      const view = await viewMails(database, readAsked(request.query))
      const done = String(request.query['done'] ?? '')
      reply.type('text/html; charset=utf-8')
      return mailsPage(view, { config, done, actor: request.actor }, languageOf(request))
    })

    app.post<Act>('/mails/:id/:action', async (request, reply) => {
      const { id, action } = request.params
      const act = Object.hasOwn(actions, action) ? actions[action as MailAction] : undefined
      const job = readId(id) ? await jobs.find(database, Number(id)) : undefined
      if (!act || !job) return reply.callNotFound()
      const isDone = await audit(line, request, { action, job: job.id }, () => act(line, job))
      log.info({ job: job.id, action, isDone }, 'operator acted')
      const done = `${isDone ? action : 'nothing'}-${job.id}`
      return reply.redirect(mailsPath(readAsked(request.query), done), 303)
    })
  }
}
