import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { describe } from '../../described.ts'
import * as decisions from '../../queue/decision.ts'
import * as jobs from '../../queue/job.ts'
import { page } from '../../queue/page.ts'
import type { Line } from '../../queue/perform.ts'
import { problemsOf } from '../../queue/problem.ts'
import { tidy } from '../../queue/tidy.ts'
import { audit } from '../audit.ts'
import { admission } from '../overload.ts'
import { refuse } from './answer.ts'
import {
  cancelOperation,
  JobQuery,
  listOperation,
  lookOperation,
  retryOperation
} from './document/job.ts'
import { keyOf } from './door.ts'

type One = { Params: { token: string } }

const mostListed = 50

/** `/api/jobs`: how jobs stand, and what a program may do with one that it knows the token of. */
export function jobRoutes(line: Line): FastifyPluginAsync {
  return async app => {
    const { database } = line
    const preHandler = admission(database)
    const looking = { scopes: ['orders:write', 'jobs:read'] as const }
    const listing = { scopes: ['jobs:read'] as const }
    const acting = { scopes: ['jobs:act'] as const }

    const list = { preHandler, config: listing, schema: listOperation }
    app.get('/jobs', list, async ({ query }, reply) => {
      const filter = tidy(JobQuery, query) as JobQuery
      const problems = problemsOf(JobQuery, filter)
      if (problems.length > 0) return refuse(reply, 422, notThere, problems)
      const { limit = mostListed, ...wanted } = filter
      const found = await page(database, wanted, limit + 1)
      const shown = found.slice(0, limit)
      const next = found.length > limit ? shown.at(-1)?.id : null
      return { jobs: shown.map(job => describe(line, job)), next }
    })

    const look = { preHandler, config: looking, schema: lookOperation }
    app.get<One>('/jobs/:token', look, async ({ params }, reply) => {
      const job = await jobs.findByToken(database, params.token)
      return job ? describe(line, job) : refuse(reply, 404, unknown)
    })

    const cancel = { preHandler, config: acting, schema: cancelOperation }
    app.post<One>('/jobs/:token/cancel', cancel, async (request, reply) => {
      const act = async (job: jobs.Job) => await decisions.cancel(database, job)
      return await change(line, request, reply, { name: 'cancel', act })
    })

    const retry = { preHandler, config: acting, schema: retryOperation }
    app.post<One>('/jobs/:token/retry', retry, async (request, reply) => {
      const act = async (job: jobs.Job) => await decisions.sendBack(line, job)
      return await change(line, request, reply, { name: 'retry', act })
    })
  }
}

const unknown = 'There is no job with this token.'
const notThere = 'The filter has errors; correct what is listed and ask again.'
/** What is said of a job on which it was done, and of one on which it can be. */
const said = {
  cancel: { done: 'cancelled', fitting: 'waits, runs or is to be retried' },
  retry: { done: 'retried', fitting: 'has failed' }
}
type Decision = { name: keyof typeof said; act: (job: jobs.Job) => Promise<boolean> }

/** Does it, unless the job has moved on; what is as it was asked for, as when an answer was lost, is no error. */
async function change(
  line: Line,
  request: FastifyRequest<One>,
  reply: FastifyReply,
  { name, act }: Decision
) {
  const { token } = request.params
  const job = await jobs.findByToken(line.database, token)
  if (!job) return refuse(reply, 404, unknown)
  const { done, fitting } = said[name]
  const isDone = await audit(line, request, { action: name, job: job.id }, () => act(job))
  line.log.info({ job: job.id, key: keyOf(request).name, done, isDone }, 'program acted')
  const after = (await jobs.findByToken(line.database, token)) ?? job
  if (isDone || after.state === done) return describe(line, after)
  const sentence = `The job is ${after.state}: only one that ${fitting} can be ${done}. Nothing was changed.`
  return refuse(reply, 409, sentence)
}
