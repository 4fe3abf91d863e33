import { createHash } from 'node:crypto'
import type { FastifyError, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { enqueue } from '../queue/enqueue.ts'
import { filesOf } from '../queue/file.ts'
import * as jobs from '../queue/job.ts'
import type { Problem } from '../queue/kind.ts'
import { readOrder } from '../queue/order.ts'
import type { Line } from '../queue/perform.ts'
import { bearerKey } from './auth.ts'
import { filePath, isExpired } from './link.ts'
import { admission } from './overload.ts'
import { storeInline, uploadRoutes } from './uploads-api.ts'

type Post = { Params: { kind: string }; Body: Record<string, unknown> }
type Get = { Params: { token: string } }

/** The JSON API, with the same rules as the forms. Closed until `API_KEYS` is set. */
export function apiRoutes(line: Line): FastifyPluginAsync {
  const keys = line.config.API_KEYS.split(',')
    .map(key => key.trim())
    .filter(Boolean)

  const admitted = { preHandler: admission(line.database) }

  return async app => {
    app.removeContentTypeParser('text/plain')
    app.setErrorHandler((error: FastifyError, _request, reply) => {
      if (error.code !== 'FST_ERR_CTP_INVALID_MEDIA_TYPE') throw error
      return refuse(reply, 415, notJson)
    })
    // After the rate limit, which counts in onRequest of the route: wrong keys must use it up.
    app.addHook('preParsing', async (request, reply) => {
      if (bearerKey(request.headers.authorization, keys)) return
      reply.header('www-authenticate', 'Bearer')
      return await refuse(reply, 401, lockedOut(keys))
    })

    app.post<Post>('/jobs/:kind', admitted, async (request, reply) => {
      const kind = line.kinds.find(({ name }) => name === request.params.kind)
      if (!kind) return refuse(reply, 404, `There is no kind "${request.params.kind}".`)
      const secret = bearerKey(request.headers.authorization, keys)
      const body = await storeInline(line.storage, kind, request.body, secret)
      const reading = await readOrder(kind, { language: 'ja', ...body }, line.storage)
      if ('problems' in reading) return refuse(reply, 422, invalid, reading.problems)
      const { job, status } = await enqueue(line, reading.order, idempotencyKey(request, keys))
      if (status === 'conflict') return refuse(reply, 409, reused)
      reply.code(202).header('location', `/api/jobs/${job.token}`)
      return { id: job.id, token: job.token, state: job.state, url: pageUrl(line, job) }
    })

    await app.register(uploadRoutes(line.storage, keys))

    app.get<Get>('/jobs/:token', admitted, async (request, reply) => {
      const job = await jobs.findByToken(line.database, request.params.token)
      if (!job) return refuse(reply, 404, 'There is no job with this token.')
      return describe(line, job)
    })
  }
}

const invalid = 'The order has errors; correct the fields listed and send it again.'
const notJson = 'Send the order as JSON, with the header "Content-Type: application/json".'
const reused = 'This Idempotency-Key was used for another order; use a new key for a new order.'

function lockedOut(keys: string[]) {
  if (keys.length === 0) return 'The API is closed: set API_KEYS to open it.'
  return 'Send a valid key: "Authorization: Bearer <key>".'
}

function refuse(reply: FastifyReply, status: number, message: string, problems?: Problem[]) {
  const fields = problems?.map(({ path, sentence }) => ({ path, ...sentence }))
  return reply.code(status).send({ error: { message, ...(fields && { fields }) } })
}

/** Each API key has its own space of idempotency keys. */
function idempotencyKey({ headers }: FastifyRequest, keys: string[]) {
  const { authorization, 'idempotency-key': key } = headers
  if (!key) return undefined
  return createHash('sha256')
    .update(`api ${bearerKey(authorization, keys)} ${key}`)
    .digest('hex')
}

function pageUrl({ config }: Line, { token }: jobs.Job) {
  return new URL(`/jobs/${token}`, config.PUBLIC_URL).href
}

function describe(line: Line, job: jobs.Job) {
  const { id, token, kind, state, progress, attempts } = job
  const url = pageUrl(line, job)
  const isGone = isExpired(line.config, job)
  const files = filesOf(job).map(({ name, bytes, sha256 = null }, index) => ({
    name,
    bytes,
    sha256,
    url: isGone ? null : `${url}/${filePath(index)}`
  }))
  return {
    ...{ id, token, kind, state, progress, attempts },
    error: job.error?.split('\n')[0] ?? null,
    warnings: JSON.parse(job.warnings ?? '[]'),
    file: files[0] ?? null,
    ...(files.length > 1 && { files }),
    url,
    sqsMessageId: job.sqs_message_id,
    createdAt: iso(job.waiting_at),
    startedAt: iso(job.started_at),
    finishedAt: iso(job.finished_at)
  }
}

function iso(time: number | null) {
  return time === null ? null : new Date(time).toISOString()
}
