import type { FastifyPluginAsync } from 'fastify'
import { isOpen } from '../link.ts'
import * as jobs from '../queue/job.ts'
import type { Line } from '../queue/perform.ts'
import { revoke } from '../queue/revoke.ts'
import { sendAgain } from './mail-again.ts'
import { admission } from './overload.ts'
import { refuseForeignForms, takeFormsOnly } from './visitor.ts'

type Route = { Params: { token: string } }

/** What the person may do with the link to a finished job: close it, or have it mailed again. Both are said on its page. */
export function linkRoutes(line: Line): FastifyPluginAsync {
  return async app => {
    await takeFormsOnly(app)
    app.addHook('onRequest', refuseForeignForms)
    app.addHook('preHandler', admission(line.database))
    const acts = {
      revoke: async (job: jobs.Job) => {
        if (isOpen(line.config, job)) await revoke(line.database, job)
      },
      'mail-again': (job: jobs.Job) => sendAgain(line, job)
    }

    for (const [name, act] of Object.entries(acts))
      app.post<Route>(`/jobs/:token/${name}`, async (request, reply) => {
        const job = await jobs.findByToken(line.database, request.params.token)
        if (!job) return reply.callNotFound()
        await act(job)
        return reply.redirect(`/jobs/${job.token}`, 303)
      })
  }
}
