import type { FastifyPluginAsync } from 'fastify'
import type { Storage } from '../../storage.ts'
import { store } from '../../store-upload.ts'
import { refuse } from './answer.ts'
import { uploadOperation } from './document/upload.ts'
import { keyOf } from './door.ts'

/** The largest file that a program can send, in bytes; kinds may allow less. */
const most = 10_000_000

type Post = { Querystring: { name?: string }; Body: Buffer }

/** `POST /api/uploads?name=orders.csv`: the body, whatever its type, is stored for an order to come. */
export function uploadRoutes({ storage }: { storage: Storage }): FastifyPluginAsync {
  return async app => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: most }, (_request, body, done) =>
      done(null, body)
    )
    const config = { scopes: ['orders:write'] as const }
    app.post<Post>('/uploads', { config, schema: uploadOperation }, async (request, reply) => {
      const { query, body } = request
      if (!Buffer.isBuffer(body) || body.length === 0)
        return refuse(reply, 422, 'Send the file as the body.')
      const file = { name: String(query.name ?? ''), bytes: body }
      reply.code(201)
      return await store(storage, file, keyOf(request).space)
    })
  }
}
