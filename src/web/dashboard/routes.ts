import type { FastifyPluginAsync } from 'fastify'
import type { Line } from '../../queue/perform.ts'
import { admission } from '../overload.ts'
import { refuseForeignForms, takeFormsOnly } from '../visitor.ts'
import { actionsRoutes } from './actions.ts'
import { bulkRoutes } from './bulk.ts'
import { deadLetterRoutes } from './dead-letters.ts'
import { deliveriesRoutes } from './deliveries.ts'
import { openDoor } from './door.ts'
import { jobRoutes } from './job.ts'
import { jobsRoutes } from './jobs.ts'
import { loginRoutes } from './login.ts'
import { mailsRoutes } from './mails.ts'
import { overviewRoutes } from './overview.ts'
import { payloadRoutes } from './payload.ts'
import { periodicRoutes } from './periodic.ts'

/** `/dashboard`: what the operator sees and does, a file for each of its pages. */
export function dashboardRoutes(line: Line): FastifyPluginAsync {
  return async app => {
    const door = openDoor(line.config)
    app.decorateRequest('actor', null)
    await takeFormsOnly(app)
    app.addHook('onRequest', refuseForeignForms)
    // After the rate limit, which counts in onRequest of the route: wrong passwords must use it up.
    app.addHook('preParsing', door.guard)
    app.addHook('preHandler', admission(line.database))
    app.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'))
    await app.register(loginRoutes(line, door))
    await app.register(overviewRoutes(line))
    await app.register(jobsRoutes(line))
    await app.register(periodicRoutes(line))
    await app.register(mailsRoutes(line))
    await app.register(actionsRoutes(line))
    await app.register(jobRoutes(line))
    await app.register(bulkRoutes(line))
    await app.register(deliveriesRoutes(line))
    await app.register(deadLetterRoutes(line))
    await app.register(payloadRoutes(line))
  }
}
