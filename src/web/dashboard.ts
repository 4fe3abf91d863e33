import type { FastifyPluginAsync } from 'fastify'
import { send } from '../queue/enqueue.ts'
import * as jobs from '../queue/job.ts'
import { counts, list } from '../queue/listing.ts'
import type { Line } from '../queue/perform.ts'
import type { State } from '../queue/state.ts'
import { stateNames } from '../state.ts'
import { basicPassword, isSameSecret } from './auth.ts'
import { dashboardPage, dashboardPath, type Filter } from './dashboard-page.ts'
import { admission } from './overload.ts'
import { languageOf, refuseForeignForms, takeFormsOnly } from './visitor.ts'

type Query = { state?: string; before?: string; done?: string }
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

/** `/dashboard`: the jobs, for the operator. Closed until `OPERATOR_PASSWORD` is set. */
export function dashboardRoutes(line: Line): FastifyPluginAsync {
  const { OPERATOR_PASSWORD } = line.config

  return async app => {
    await takeFormsOnly(app)
    app.addHook('onRequest', refuseForeignForms)
    // After the rate limit, which counts in onRequest of the route: wrong passwords must use it up.
    app.addHook('preParsing', async ({ headers }, reply) => {
      const password = basicPassword(headers.authorization)
      if (OPERATOR_PASSWORD && password && isSameSecret(password, OPERATOR_PASSWORD)) return
      reply.header('www-authenticate', 'Basic realm="Beanline", charset="UTF-8"')
      const closed = 'The dashboard is closed: set OPERATOR_PASSWORD to open it.'
      const message = OPERATOR_PASSWORD ? 'Enter the operator password (any name).' : closed
      return await reply.code(401).type('text/plain; charset=utf-8').send(message)
    })

    app.addHook('preHandler', admission(line.database))

    app.get<List>('/', async (request, reply) => {
      const filter = readFilter(request.query)
      const view = {
        filter,
        counts: await counts(line.database),
        jobs: await list(line.database, filter.state, filter.before),
        done: String(request.query.done ?? '')
      }
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-store')
      return dashboardPage(view, languageOf(request))
    })

    app.post<Act>('/jobs/:id/:action', async (request, reply) => {
      const { id, action } = request.params
      const act = Object.hasOwn(actions, action) ? actions[action] : undefined
      const job = isId(id) ? await jobs.find(line.database, Number(id)) : undefined
      if (!act || !job) return reply.callNotFound()
      const isDone = await act(line, job)
      line.log.info({ job: job.id, action, isDone }, 'operator acted')
      const done = `${isDone ? action : 'nothing'}-${job.id}`
      return reply.redirect(dashboardPath(readFilter(request.query), done), 303)
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
function isId(text: unknown): text is string {
  return typeof text === 'string' && /^[1-9]\d{0,14}$/.test(text)
}
