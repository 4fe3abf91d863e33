import type { Config } from './config.ts'
import type { Job } from './queue/job.ts'

const day = 24 * 3600 * 1000

/** When the file of a finished job stops being handed out. */
export function expiresAt(
  { LINK_DAYS }: Config,
  { finished_at }: Pick<Job, 'finished_at'>
): Date | undefined {
  return finished_at === null ? undefined : new Date(finished_at + LINK_DAYS * day)
}

/** Where the files of a job are below its page: `file`, `file/1` and so on. */
export function filePath(index: number): string {
  return index === 0 ? 'file' : `file/${index}`
}

export function isExpired(config: Config, job: Pick<Job, 'finished_at'>): boolean {
  return (expiresAt(config, job)?.getTime() ?? Number.POSITIVE_INFINITY) < Date.now()
}

/** Whether there are files, and whoever has the link may still fetch them. */
export function isOpen(
  config: Config,
  job: Pick<Job, 'finished_at' | 'file_key' | 'revoked_at'>
): boolean {
  return job.file_key !== null && job.revoked_at === null && !isExpired(config, job)
}
