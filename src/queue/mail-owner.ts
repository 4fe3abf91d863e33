import type { Database } from '../database.ts'
import type { SesMessage } from '../ses-event.ts'
import { rangeOf } from './filter.ts'
import type { Job } from './job.ts'
import { idsOf } from './source.ts'
import { repeated } from './statement.ts'

type Owner = Pick<Job, 'id' | 'email' | 'receipts'>

/** So many jobs of an address are looked at, from the one on that was recorded when the mail was sent. */
const most = 200

/**
 * The job that sent a mail: by the tag that the mail was sent with, which holds also for a mail whose receipt was
 * lost; without one among the jobs of its address, by the id of SES in their receipts.
 */
export async function ownerOf(
  database: Database,
  message: SesMessage
): Promise<number | undefined> {
  const { job, messageId, destination } = message
  if (job === undefined) return await byReceipt(database, message)
  const [owner] = await read(database, [job])
  // Another environment may send with the same configuration set, and number its own jobs.
  const isRight =
    owner && (isAmong(owner.email, destination) || idsIn([owner.receipts]).includes(messageId))
  return isRight ? owner.id : undefined
}

async function byReceipt(
  database: Database,
  { messageId, destination, sentAt }: SesMessage
): Promise<number | undefined> {
  const range = await rangeOf(database, { to: sentAt })
  if (!range) return undefined
  for (const email of new Set(destination.flatMap(one => [one, one.toLowerCase()]))) {
    const ids = await idsOf(database, { email }, range, { order: 'desc', most }).then(idsFrom)
    const jobs = await read(database, ids)
    const entries: { job_id: number; receipt: string | null }[] = await database('effects')
      .select('job_id', 'receipt')
      .whereIn('job_id', ids)
    const receipts = new Map(entries.map(({ job_id, receipt }) => [Number(job_id), receipt]))
    const owner = jobs.find(one =>
      idsIn([one.receipts, wrapped(receipts.get(one.id))]).includes(messageId)
    )
    if (owner) return owner.id
  }
  return undefined
}

const idsFrom = (rows: { id: number }[]) => rows.map(({ id }) => id)

async function read(database: Database, ids: number[]): Promise<Owner[]> {
  const jobs = () => database<Job>('jobs').select('id', 'email', 'receipts').whereIn('id', ids)
  return await repeated(jobs)
}

/** The receipt of the ledger in the form of those of a finished job, by the name of the step. */
const wrapped = (receipt: string | null | undefined) => receipt && `{"mail":${receipt}}`

function idsIn(receipts: (string | null | undefined)[]): unknown[] {
  return receipts.map(text => JSON.parse(text || '{}').mail?.messageId)
}

function isAmong(email: string, destination: string[]) {
  return destination.some(one => one.toLowerCase() === email.toLowerCase())
}
