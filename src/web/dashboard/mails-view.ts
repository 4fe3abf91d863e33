import type { Database } from '../../database.ts'
import type { JobMail } from '../../queue/mail.ts'
import { findMails } from '../../queue/mail-find.ts'
import type { Wish } from '../../queue/search.ts'
import { type Asked, filterOf } from './mails-query.ts'
import { pageOf } from './page-of.ts'

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
  const look = async (wish: Wish) => {
    const { mails: rows, ...found } = await findMails(database, filterOf(asked), wish)
    return { rows, ...found }
  }
  const { rows: mails, found: _, ...page } = await pageOf(asked, look, ({ job }: JobMail) => job.id)
  return { ...page, mails }
}
