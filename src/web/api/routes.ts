import swagger from '@fastify/swagger'
import type { FastifyError, FastifyPluginAsync } from 'fastify'
import type { Line } from '../../queue/perform.ts'
import { refuse } from './answer.ts'
import { documentOptions } from './document/options.ts'
import { documentRoutes } from './document/routes.ts'
import { closeDoor } from './door.ts'
import { jobRoutes } from './jobs.ts'
import { kindRoutes } from './kinds.ts'
import { orderRoutes } from './orders.ts'
import { uploadRoutes } from './uploads.ts'
import { webhookRoutes } from './webhooks.ts'

/** The JSON API, with the same rules as the forms. Closed to all who have no key. */
export function apiRoutes(line: Line): FastifyPluginAsync {
  return async app => {
    app.removeContentTypeParser('text/plain')
    // The schemas of routes are for the documentation: what is accepted, and in which words it is refused, is
    // for the rules that forms have as well.
    app.setValidatorCompiler(() => () => true)
    app.setSerializerCompiler(() => answer => JSON.stringify(answer))
    app.setErrorHandler((error: FastifyError, _request, reply) => {
      if (error.code !== 'FST_ERR_CTP_INVALID_MEDIA_TYPE') throw error
      return refuse(reply, 415, notJson)
    })
    closeDoor(app, line)
    await app.register(swagger, documentOptions())
    await app.register(documentRoutes)
    await app.register(orderRoutes(line))
    await app.register(uploadRoutes(line))
    await app.register(jobRoutes(line))
    await app.register(kindRoutes(line))
    await app.register(webhookRoutes(line))
  }
}

const notJson = 'Send the order as JSON, with the header "Content-Type: application/json".'
