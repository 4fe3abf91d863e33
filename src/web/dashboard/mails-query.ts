import { standings } from '../../explain/mail-text.ts'
import type { MailFilter, Standing } from '../../queue/mail-find.ts'
import { queryOf, readId } from './jobs-query.ts'
import type { Part } from './page-of.ts'

/** A list of mails as its address says it: which, and what part of them. */
export type Asked = Part & {
  state?: Standing | undefined
  /** The address of an order. */
  to?: string | undefined
  job?: number | undefined
}

/** As long as the column. */
const longestAddress = 254

/** What can't be understood is left out. */
export function readAsked(query: Record<string, unknown>): Asked {
  const { state, to, job, before, after } = query
  const isStanding = typeof state === 'string' && Object.hasOwn(standings, state)
  const address = typeof to === 'string' ? to.trim().slice(0, longestAddress).toWellFormed() : ''
  return {
    state: isStanding ? (state as Standing) : undefined,
    to: address || undefined,
    job: readId(job),
    before: readId(before),
    after: readId(after)
  }
}

export const filterOf = ({ state, to, job }: Asked): MailFilter => ({ state, recipient: to, job })

/** The address of a list, and of what to say on it, as in `retry-12`. */
export const mailsPath = (asked: Asked, done?: string) => `/dashboard/mails/${queryOf(asked, done)}`
