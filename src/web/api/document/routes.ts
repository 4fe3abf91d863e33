import type { FastifyPluginAsync } from 'fastify'
import { languageOf } from '../../visitor.ts'
import { documentPage } from './page.ts'
import type { Document } from './reading.ts'

/** `/api/openapi.json` for programs, `/api/docs` for people; open to all, for they tell of nobody's jobs. */
export const documentRoutes: FastifyPluginAsync = async app => {
  const open = { config: { isPublic: true }, schema: { hide: true } }
  app.get('/openapi.json', open, async () => app.swagger())
  app.get('/docs', open, async (request, reply) => {
    reply.type('text/html; charset=utf-8').header('vary', 'accept-language, cookie')
    return documentPage(app.swagger() as unknown as Document, languageOf(request))
  })
}
