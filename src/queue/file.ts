import type { StoredFile } from '../storage.ts'
import type { Job } from './job.ts'

export const fileColumns = [
  'file_key',
  'file_name',
  'file_bytes',
  'file_sha256',
  'more_files'
] as const
type FileColumn = (typeof fileColumns)[number]

/** All files of a job, its own first. Once they are taken away (`prune`), their keys lead nowhere. */
export function filesOf(job: Pick<Job, FileColumn>) {
  const { file_key, file_name, file_bytes, file_sha256, more_files } = job
  if (file_name === null) return []
  const own: StoredFile = { key: file_key ?? '', name: file_name, bytes: Number(file_bytes) }
  if (file_sha256) own.sha256 = file_sha256
  return [own, ...(JSON.parse(more_files ?? '[]') as StoredFile[])]
}

/** Where the picture of a file's first page is kept once somebody has looked at it. */
export const previewKeyOf = (key: string) => `previews/${key}.png`

/** The same as columns of its row. */
export function columnsOf(file: StoredFile | undefined, more: StoredFile[] = []) {
  const { key = null, name = null, bytes = null, sha256 = null } = file ?? {}
  const more_files = more.length > 0 ? JSON.stringify(more) : null
  return { file_key: key, file_name: name, file_bytes: bytes, file_sha256: sha256, more_files }
}
