import type { Config } from './config.ts'
import { iso } from './iso-time.ts'
import { filePath, isOpen } from './link.ts'
import { filesOf } from './queue/file.ts'
import type { Job } from './queue/job.ts'

type Place = { config: Config }

/** How a job stands, as programs read it. */
export function describe(line: Place, job: Job) {
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
export function pageUrl({ config }: Place, { token }: Job) {
  return new URL(`/jobs/${token}`, config.PUBLIC_URL).href
}
