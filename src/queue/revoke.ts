import type { Database } from '../database.ts'
import { now } from './clock.ts'
import type { Job } from './job.ts'
import { repeated } from './statement.ts'

/**
 * Closes the link to the files of a job, for everybody and for good; whoever asks again changes nothing, so that the
 * row says when it was closed first.
 */
export async function revoke(database: Database, { id }: Pick<Job, 'id'>) {
  const revoked_at = now(database)
  await repeated(() => database('jobs').where({ id, revoked_at: null }).update({ revoked_at }))
}
