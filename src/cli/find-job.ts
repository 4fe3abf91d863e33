import type { Database } from '../database.ts'
import * as jobs from '../queue/job.ts'

/** The job of an id, a token, or the address of a person's page. Throws where there is none. */
export async function findJob(database: Database, typed: string): Promise<jobs.Job> {
  const token = /(?:^|\/jobs\/)([0-9a-f]{32})$/.exec(typed)?.[1]
  const id = /^[1-9]\d{0,14}$/.test(typed) ? Number(typed) : undefined
  const job = token
    ? await jobs.findByToken(database, token)
    : id && (await jobs.find(database, id))
  if (job) return job
  const hint = '"beanline jobs" lists all, "beanline jobs --search TEXT" looks for one.'
  throw new Error(`There is no job ${typed}: ${hint}`)
}
