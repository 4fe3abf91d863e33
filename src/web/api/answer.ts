import type { FastifyReply } from 'fastify'
import { filesOf } from '../../queue/file.ts'
import type { Job } from '../../queue/job.ts'
import type { Problem } from '../../queue/kind.ts'
import type { Line } from '../../queue/perform.ts'
import { filePath, isOpen } from '../link.ts'

/** An error as every program gets it. */
export function refuse(reply: FastifyReply, status: number, message: string, problems?: Problem[]) {
  const fields = problems?.map(({ path, sentence }) => ({ path, ...sentence }))
  return reply.code(status).send({ error: { message, ...(fields && { fields }) } })
}

/** How a job stands. */
export function describe(line: Line, job: Job) {
  const { id, token, kind, state, progress, attempts } = job
  const url = pageUrl(line, job)
  const isGone = !isOpen(line.config, job)
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

/** The person's page of a job. */
export function pageUrl({ config }: Line, { token }: Job) {
  return new URL(`/jobs/${token}`, config.PUBLIC_URL).href
}

function iso(time: number | null) {
  return time === null ? null : new Date(time).toISOString()
}
