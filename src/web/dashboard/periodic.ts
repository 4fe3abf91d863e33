import type { FastifyPluginAsync } from 'fastify'
import { now } from '../../queue/clock.ts'
import type { Line } from '../../queue/perform.ts'
import { timeByHand } from '../../queue/periodic.ts'
import { findTick, listTicks, type TickFilter, type TickState } from '../../queue/tick-log.ts'
import { audit } from '../audit.ts'
import { languageOf } from '../visitor.ts'
import { readId } from './jobs-query.ts'
import type { Asked } from './periodic/asked.ts'
import { periodicPage, taskPath } from './periodic/page.ts'
import { type Listing, taskPage } from './periodic/task-page.ts'
import { viewTask, viewTasks } from './periodic/view.ts'
import { tickStateNames } from './periodic/words.ts'

type Of = { Params: { task: string } }
type Query = { state?: unknown; before?: unknown; asked?: unknown; unsent?: unknown }
type Look = Of & { Querystring: Query }

const pageSize = 50
const day = 86_400_000

/** The periodic tasks of cron.yaml: when they ran and will run, and a run by hand. */
export function periodicRoutes(line: Line): FastifyPluginAsync {
  return async app => {
    app.get('/periodic', async (_request, reply) => reply.redirect('/dashboard/periodic/', 303))

    app.get('/periodic/', async (request, reply) => {
      reply.type('text/html; charset=utf-8')
      return periodicPage(await viewTasks(line), request.actor, languageOf(request))
    })

    app.get<Look>('/periodic/:task', async (request, reply) => {
      const { params, query, actor } = request
      const view = await viewTask(line, params.task)
      if (!view) return reply.callNotFound()
      const asked = await readAsked(line, params.task, query)
      const around = { asked, isUnsent: query.unsent === '1', actor }
      reply.type('text/html; charset=utf-8')
      return taskPage(view, await list(line, params.task, query), around, languageOf(request))
    })

    app.post<Of>('/periodic/:task/run', async (request, reply) => {
      const { task } = request.params
      const entry = line.schedule?.find(one => one.task === task)
      if (!entry) return reply.callNotFound()
      const at = timeByHand(now(line.database))
      const details = { task, for: at.toISOString() }
      const run = audit(line, request, { action: 'run-now', details }, () =>
        line.queue.sendTick(entry, at)
      )
      const query = await run.then(
        () => `asked=${at.getTime()}`,
        error => {
          request.log.error({ err: error, task }, 'the message of a tick was not sent')
          return 'unsent=1'
        }
      )
      return reply.redirect(`${taskPath(task)}?${query}`, 303)
    })
  }
}

async function list({ database }: Line, task: string, query: Query): Promise<Listing> {
  const { state, before } = query
  const isState = typeof state === 'string' && Object.hasOwn(tickStateNames, state)
  const filter: TickFilter = {
    state: isState ? (state as TickState) : undefined,
    before: readId(before)
  }
  const ticks = await listTicks(database, task, filter, pageSize + 1)
  return { filter, ticks: ticks.slice(0, pageSize), isLast: ticks.length <= pageSize }
}

/** The run that the address tells was asked for; nothing for a time that nobody can mean. */
async function readAsked(
  { database }: Line,
  task: string,
  query: Query
): Promise<Asked | undefined> {
  const [at, time] = [readId(query.asked), now(database)]
  if (at === undefined || at < time - day || at > time + day) return undefined
  const tick = await findTick(database, { task, scheduled_at: at })
  return { at, tick, now: time }
}
