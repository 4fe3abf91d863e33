import type { FastifyPluginAsync } from 'fastify'
import { factsOf } from '../../explain/look.ts'
import { readPatience } from '../../explain/patience.ts'
import * as jobs from '../../queue/job.ts'
import { deadLetterOf } from '../../queue/letter-list.ts'
import type { Line } from '../../queue/perform.ts'
import { languageOf } from '../visitor.ts'
import { jobPage } from './job-page.ts'
import { readId } from './jobs-query.ts'

type Look = { Params: { id: string }; Querystring: { done?: string } }

/** The page of one job. */
export function jobRoutes(line: Line): FastifyPluginAsync {
  return async app => {
    const patience = readPatience(line.config)
    app.get<Look>('/jobs/:id', async (request, reply) => {
      const id = readId(request.params.id)
      const job = id ? await jobs.find(line.database, id) : undefined
      if (!job) return reply.callNotFound()
      reply.type('text/html; charset=utf-8')
      const done = String(request.query.done ?? '')
      const letter = await deadLetterOf(line.database, job)
      const around = { actor: request.actor, done, letter }
      return jobPage(await factsOf(line, job, patience), around, languageOf(request))
    })
  }
}
