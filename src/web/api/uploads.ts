import type { FastifyPluginAsync } from 'fastify'
import type { Kind } from '../../queue/kind.ts'
import type { Storage } from '../../storage.ts'
import { store } from '../uploads.ts'
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

/** A small file may be in the order itself: `{ "name": "orders.csv", "text": … }` or `"base64": …`. */
export async function storeInline(
  storage: Storage,
  kind: Kind,
  body: Record<string, unknown>,
  secret: string
) {
  const order = { ...body }
  for (const path of Object.keys(kind.form.files ?? {})) {
    const file = inlineFile(order[path])
    if (file) order[path] = await store(storage, file, secret)
  }
  return order
}

function inlineFile(value: unknown) {
  if (typeof value !== 'object' || value === null) return undefined
  const { name, text, base64 } = value as Record<string, unknown>
  if (typeof text === 'string') return { name: String(name ?? ''), bytes: Buffer.from(text) }
  if (typeof base64 !== 'string') return undefined
  return { name: String(name ?? ''), bytes: Buffer.from(base64, 'base64') }
}
