import type { FastifyPluginAsync } from 'fastify'
import * as decisions from '../../queue/decision.ts'
import * as jobs from '../../queue/job.ts'
import type { Line } from '../../queue/perform.ts'
import { audit } from '../audit.ts'
import { languageOf } from '../visitor.ts'
import { jobPath } from './job-page.ts'
import { jobsPage } from './jobs-page.ts'
import { jobsPath, type Query, readAsked, readId } from './jobs-query.ts'
import { viewJobs } from './jobs-view.ts'

type List = { Querystring: Query }
type Act = { Params: { id: string; action: string }; Querystring: Query }

/** What the operator can do with a job; each gives whether the job was in a state for it. */
const actions: Record<string, (line: Line, job: jobs.Job) => Promise<boolean>> = {
  retry: decisions.sendBack,
  discard: (line, job) => decisions.discard(line.database, job),
  cancel: (line, job) => decisions.cancel(line.database, job)
}

/** The lists of jobs, and what the operator does with one. */
export function jobsRoutes(line: Line): FastifyPluginAsync {
  const kinds = line.kinds.map(({ name }) => name)
  return async app => {
    app.get<List>('/jobs/', async (request, reply) => {
      const view = await viewJobs(line.database, readAsked(request.query))
      const done = String(request.query['done'] ?? '')
      reply.type('text/html; charset=utf-8')
      return jobsPage(view, { kinds, done, actor: request.actor }, languageOf(request))
    })

    app.post<Act>('/jobs/:id/:action', async (request, reply) => {
      const { id, action } = request.params
      const act = Object.hasOwn(actions, action) ? actions[action] : undefined
      const job = readId(id) ? await jobs.find(line.database, Number(id)) : undefined
      if (!act || !job) return reply.callNotFound()
      const about = { action, job: job.id }
      const isDone = await audit(line, request, about, () => act(line, job))
      line.log.info({ job: job.id, action, isDone }, 'operator acted')
      const done = `${isDone ? action : 'nothing'}-${job.id}`
      if (request.query['from'] === 'job') return reply.redirect(jobPath(job.id, done), 303)
      return reply.redirect(jobsPath(readAsked(request.query), done), 303)
    })
  }
}
