import type { Database } from '../database.ts'
import { beyond } from './find.ts'
import { type JobMail, mailsOf } from './mail.ts'
import { candidates } from './mail-source.ts'
import { pageEffort, search, type Wish } from './search.ts'

/** How a mail stands, as lists are narrowed by it. `ambiguous`: it is not, or was not, known whether it went out. */
export type Standing = 'sent' | 'delivered' | 'bounced' | 'complained' | 'ambiguous' | 'held'

export type MailFilter = {
  state?: Standing | undefined
  /** The address of the order, as a whole. */
  recipient?: string | undefined
  job?: number | undefined
}

export type FoundMails = {
  /** From the newest job on. */
  mails: JobMail[]
  /** The id at which the search stopped, to go on from; none where there is nothing more. */
  reached?: number
}

/** How many jobs are looked at at once, at first and at most. */
const sizes = { first: 100, most: 400 }

/**
 * Finds mails in the order of their jobs, as `find` does: no state of a mail has an index, for half of what it is
 * made of is in three tables, so that what may match is looked at.
 */
export async function findMails(
  database: Database,
  filter: MailFilter,
  wish: Wish
): Promise<FoundMails> {
  const isWhole = filter.state === undefined && filter.job === undefined
  const { rows, reached } = await search(wish, {
    effort: wish.effort ?? pageEffort,
    size: isWhole ? wish.most : sizes.first,
    resize: size => Math.min(size * 2, sizes.most),
    async look({ cursor, order, size }) {
      const place = { ...beyond({}, order, cursor), order, most: size }
      const ids = await candidates(database, filter, place)
      const mails = await mailsOf(database, ids)
      return { ids, rows: mails.filter(mail => stands(mail, filter.state)) }
    },
    idOf: ({ job }) => job.id
  })
  return { mails: rows, ...(reached !== undefined && { reached }) }
}

function stands({ state, doubts, receipt }: JobMail, asked: Standing | undefined): boolean {
  if (asked === undefined) return true
  if (asked === 'ambiguous') return doubts > 0 || state === 'doubtful' || state === 'held'
  if (asked === 'sent')
    return receipt.messageId !== undefined && (state === 'sent' || state === 'delayed')
  return state === asked
}
