import type { Database } from '../database.ts'
import { beyond, type Effort, pageEffort, type Wish } from './find.ts'
import { type JobMail, mailsOf } from './mail.ts'
import { candidates } from './mail-source.ts'

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
 * made of is in three tables. So what may match is looked at, some at a time, as long as the effort allows.
 */
export async function findMails(
  database: Database,
  filter: MailFilter,
  { most, before, after, effort = pageEffort }: Wish
): Promise<FoundMails> {
  const order = after === undefined ? 'desc' : 'asc'
  const ends = endsOf(effort)
  const mails: JobMail[] = []
  const inOrder = () => (order === 'desc' ? mails : mails.toReversed())
  const isWhole = filter.state === undefined && filter.job === undefined
  let size = isWhole ? most : sizes.first
  let cursor = after ?? before
  for (let searched = 0; ; size = Math.min(size * 2, sizes.most)) {
    const place = { ...beyond({}, order, cursor), order, most: size } as const
    const ids = await candidates(database, filter, place)
    const some = (await mailsOf(database, ids)).filter(mail => stands(mail, filter.state))
    mails.push(...some.slice(0, most - mails.length))
    searched += ids.length
    cursor = ids.at(-1)
    if (mails.length === most) return { mails: inOrder(), reached: mails.at(-1)?.job.id as number }
    if (cursor === undefined || ids.length < size) return { mails: inOrder() }
    if (ends(searched)) return { mails: inOrder(), reached: cursor }
  }
}

function endsOf({ jobs, milliseconds }: Effort) {
  const endsAt = performance.now() + milliseconds
  return (searched: number) => searched >= jobs || performance.now() > endsAt
}

function stands({ state, doubts, receipt }: JobMail, asked: Standing | undefined): boolean {
  if (asked === undefined) return true
  if (asked === 'ambiguous') return doubts > 0 || state === 'doubtful' || state === 'held'
  if (asked === 'sent')
    return receipt.messageId !== undefined && (state === 'sent' || state === 'delayed')
  return state === asked
}
