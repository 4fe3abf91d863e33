import type { FastifyPluginAsync } from 'fastify'
import { countAhead } from '../../queue/ahead.ts'
import { now } from '../../queue/clock.ts'
import { deadlineOf } from '../../queue/deadline.ts'
import { effectsOf } from '../../queue/effect.ts'
import * as jobs from '../../queue/job.ts'
import { eventsOf } from '../../queue/mail-event.ts'
import type { Line } from '../../queue/perform.ts'
import { readTimeline } from '../../queue/timeline.ts'
import { languageOf } from '../visitor.ts'
import type { Facts } from './explain/facts.ts'
import { jobPage } from './job-page.ts'
import { readId } from './jobs-query.ts'
import { passagesOf } from './passage.ts'
import { type Patience, readPatience } from './patience.ts'

type Look = { Params: { id: string }; Querystring: { done?: string } }

/** The page of one job. */
export function jobRoutes(line: Line): FastifyPluginAsync {
  return async app => {
    const patience = readPatience()
    app.get<Look>('/jobs/:id', async (request, reply) => {
      const id = readId(request.params.id)
      const job = id ? await jobs.find(line.database, id) : undefined
      if (!job) return reply.callNotFound()
      reply.type('text/html; charset=utf-8')
      const done = String(request.query.done ?? '')
      const around = { actor: request.actor, done }
      return jobPage(await factsOf(line, job, patience), around, languageOf(request))
    })
  }
}

async function factsOf(line: Line, job: jobs.Job, patience: Patience): Promise<Facts> {
  const { database, kinds, config } = line
  const waits = job.state === 'waiting' || job.state === 'retrying'
  const [effects, events, ahead] = await Promise.all([
    effectsOf(database, job),
    eventsOf(database, [job.id]),
    waits ? countAhead(database, job) : undefined
  ])
  return {
    ...{ job, effects, events, ahead, patience, now: now(database) },
    passages: passagesOf(readTimeline(job.timeline)),
    kind: kinds.find(({ name }) => name === job.kind),
    deadline: deadlineOf(line, job),
    mostReceives: config.MAX_RECEIVES
  }
}
