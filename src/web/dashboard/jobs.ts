import type { FastifyPluginAsync } from 'fastify'
import { send } from '../../queue/enqueue.ts'
import * as jobs from '../../queue/job.ts'
import { counts, list } from '../../queue/listing.ts'
import type { Line } from '../../queue/perform.ts'
import type { State } from '../../queue/state.ts'
import { stateNames } from '../../state.ts'
import { languageOf } from '../visitor.ts'
import { audit } from './audit.ts'
import { jobPath } from './job-page.ts'
import { type Filter, jobsPage, jobsPath } from './jobs-page.ts'

type Query = { state?: string; before?: string; done?: string; from?: string }
type List = { Querystring: Query }
type Act = { Params: { id: string; action: string }; Querystring: Query }

/** What the operator can do with a job; each gives whether the job was in a state for it. */
const actions: Record<string, (line: Line, job: jobs.Job) => Promise<boolean>> = {
  async retry(line, job) {
    const requeued = await jobs.requeue(line.database, job)
    if (requeued) await send(line, requeued)
    return requeued !== undefined
  },
  discard: (line, job) => jobs.discard(line.database, job),
  cancel: (line, job) => jobs.cancel(line.database, job)
}

/** The lists of jobs, and what the operator does with one. */
export function jobsRoutes(line: Line): FastifyPluginAsync {
  return async app => {
    app.get<List>('/jobs/', async (request, reply) => {
      const filter = readFilter(request.query)
      const view = {
        filter,
        counts: await counts(line.database),
        jobs: await list(line.database, filter.state, filter.before),
        done: String(request.query.done ?? ''),
        actor: request.actor
      }
      reply.type('text/html; charset=utf-8')
      return jobsPage(view, languageOf(request))
    })

    app.post<Act>('/jobs/:id/:action', async (request, reply) => {
      const { id, action } = request.params
      const act = Object.hasOwn(actions, action) ? actions[action] : undefined
      const job = isId(id) ? await jobs.find(line.database, Number(id)) : undefined
      if (!act || !job) return reply.callNotFound()
      const about = { action, job: job.id }
      const isDone = await audit(line, request, about, () => act(line, job))
      line.log.info({ job: job.id, action, isDone }, 'operator acted')
      const done = `${isDone ? action : 'nothing'}-${job.id}`
      if (request.query.from === 'job') return reply.redirect(jobPath(job.id, done), 303)
      return reply.redirect(jobsPath(readFilter(request.query), done), 303)
    })
  }
}

function readFilter({ state, before }: Query): Filter {
  const isState = typeof state === 'string' && Object.hasOwn(stateNames, state)
  return {
    state: isState ? (state as State) : undefined,
    before: isId(before) ? Number(before) : undefined
  }
}

/** As it stands in our own links; `0x1` and `1e400` are numbers, but no ids. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && /^[1-9]\d{0,14}$/.test(text)
}
