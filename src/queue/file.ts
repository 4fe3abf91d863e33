import type { StoredFile } from '../storage.ts'
import type { Job } from './job.ts'

/** All files of a job, its own first. Once they are taken away (`prune`), their keys lead nowhere. */
export function filesOf(job: Pick<Job, 'file_key' | 'file_name' | 'file_bytes' | 'more_files'>) {
  const { file_key, file_name, file_bytes, more_files } = job
  if (file_name === null) return []
  const own: StoredFile = { key: file_key ?? '', name: file_name, bytes: Number(file_bytes) }
  return [own, ...(JSON.parse(more_files ?? '[]') as StoredFile[])]
}

/** The same as columns of its row. */
export function columnsOf(file: StoredFile | undefined, more: StoredFile[] = []) {
  const { key = null, name = null, bytes = null } = file ?? {}
  const more_files = more.length > 0 ? JSON.stringify(more) : null
  return { file_key: key, file_name: name, file_bytes: bytes, more_files }
}
