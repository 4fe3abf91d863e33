import type { Database } from '../../database.ts'
import type { JobMail } from '../../queue/mail.ts'
import { findMails } from '../../queue/mail-find.ts'
import { type Asked, filterOf } from './mails-query.ts'
import { pageOf, pageSize } from './page-of.ts'

export type MailsView = {
  asked: Asked
  mails: JobMail[]
  /** The job up to which was looked, where the effort was not enough for all. */
  reached?: number
  /** The pages beside this one. */
  newer?: Asked
  older?: Asked
}

/** A page of mails, from that of the newest job on. */
export async function viewMails(database: Database, asked: Asked): Promise<MailsView> {
  const { before, after, ...list } = asked
  const wish = { most: pageSize + 1, before: after ? undefined : before, after }
  const found = await findMails(database, filterOf(asked), wish)
  const hasMore = found.mails.length > pageSize
  // The first page is whole, also for who comes to it from the others.
  if (after && !hasMore && found.reached === undefined) return await viewMails(database, list)
  const { rows: mails, newer, older } = pageOf(found.mails, ({ job }) => job.id, asked)
  const reached = hasMore ? undefined : found.reached
  return {
    ...{ asked, mails },
    ...(reached !== undefined && { reached }),
    ...(newer && { newer: { ...list, ...newer } }),
    ...(older && { older: { ...list, ...older } })
  }
}
