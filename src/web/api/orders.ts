import { createHash } from 'node:crypto'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { pageUrl } from '../../described.ts'
import { enqueue } from '../../queue/enqueue.ts'
import type { Kind } from '../../queue/kind.ts'
import { readOrder } from '../../queue/order.ts'
import type { Line } from '../../queue/perform.ts'
import { storeInline } from '../../store-upload.ts'
import { admission } from '../overload.ts'
import { refuse } from './answer.ts'
import { orderOperation } from './document/order.ts'
import { keyOf } from './door.ts'

type Post = { Body: Record<string, unknown> }
type Unknown = { Params: { kind: string } }

const config = { scopes: ['orders:write'] as const }

/** `POST /api/jobs/:kind`, a route for each kind: so each is documented with its own fields. */
export function orderRoutes(line: Line): FastifyPluginAsync {
  return async app => {
    const preHandler = admission(line.database)
    for (const kind of line.kinds) {
      const schema = orderOperation(kind)
      app.post<Post>(`/jobs/${kind.name}`, { preHandler, config, schema }, (request, reply) =>
        order(line, kind, request, reply)
      )
    }
    app.post<Unknown>('/jobs/:kind', { config, schema: { hide: true } }, async (request, reply) =>
      refuse(reply, 404, `There is no kind "${request.params.kind}": GET /api/kinds lists them.`)
    )
  }
}

async function order(line: Line, kind: Kind, request: FastifyRequest<Post>, reply: FastifyReply) {
  const body = await storeInline(line.storage, kind, request.body, keyOf(request).space)
  const reading = await readOrder(kind, { language: 'ja', ...body }, line.storage)
  if ('problems' in reading) return refuse(reply, 422, invalid, reading.problems)
  const { job, status } = await enqueue(line, reading.order, idempotencyKey(request))
  if (status === 'conflict') return refuse(reply, 409, reused)
  reply.code(202).header('location', `/api/jobs/${job.token}`)
  return { id: job.id, token: job.token, state: job.state, url: pageUrl(line, job) }
}

const invalid = 'The order has errors; correct the fields listed and send it again.'
const reused = 'This Idempotency-Key was used for another order; use a new key for a new order.'

/** Each program has its own space of idempotency keys, whatever keys of ours it has had. */
function idempotencyKey(request: FastifyRequest) {
  const key = request.headers['idempotency-key']
  if (!key) return undefined
  return createHash('sha256')
    .update(`api ${keyOf(request).space} ${key}`)
    .digest('hex')
}
