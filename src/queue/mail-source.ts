import type { Knex } from 'knex'
import type { Database } from '../database.ts'
import type { MailEventName } from '../ses-event.ts'
import { asked } from './effect.ts'
import type { Range } from './filter.ts'
import type { MailFilter, Standing } from './mail-find.ts'
import { idsOf, type Order } from './source.ts'

type Place = Range & { order: Order; most: number }

const heardBy: Partial<Record<Standing, MailEventName[]>> = {
  delivered: ['delivery'],
  bounced: ['bounce', 'reject'],
  complained: ['complaint']
}

/** The next ids of jobs whose mails may be asked for, from indexes alone, in order and each once. */
export async function candidates(
  database: Database,
  filter: MailFilter,
  place: Place
): Promise<number[]> {
  const parts = await Promise.all(sourcesOf(database, filter, place))
  const ids = parts.flatMap(rows => (rows as { id: number }[]).map(({ id }) => Number(id)))
  const sign = place.order === 'desc' ? -1 : 1
  const all = [...new Set(ids)].sort((one, other) => sign * (one - other))
  return all.slice(0, place.most)
}

function sourcesOf(
  database: Database,
  { state, recipient, job }: MailFilter,
  place: Place
): Knex.QueryBuilder[] {
  const { order, most } = place
  const of = (source: Parameters<typeof idsOf>[1]) =>
    idsOf(database, source, place, { order, most })
  if (job !== undefined) return [of({ id: job })]
  if (recipient !== undefined)
    return [...new Set([recipient, recipient.toLowerCase()])].map(email => of({ email }))
  const events = state && heardBy[state]
  if (events) return events.map(event => heard(database, event, place))
  const mails = sent(database, place)
  if (state === 'held') return [mails.where('ambiguous', '>', 0).where({ fencing_token: asked })]
  if (state === 'ambiguous')
    return [mails.where('ambiguous', '>', 0), ...uncounted.map(one => of({ state: one }))]
  return [mails]
}

/** What is left behind is counted only when the next attempt comes to it; to the last two none ever comes. */
const uncounted = ['retrying', 'failed', 'cancelled', 'discarded'] as const

/** By the key of the ledger, which begins with the job. */
function sent(database: Database, { above, below, order, most }: Place) {
  const mails = database('effects').select('job_id as id').where({ step: 'mail' })
  if (above !== undefined) mails.where('job_id', '>', above ?? 0)
  if (below !== undefined) mails.where('job_id', '<', below)
  return mails.orderBy('job_id', order).limit(most)
}

/** See `source.ts`: of one value MariaDB would walk to a page that is far back. */
function heard(
  database: Database,
  event: MailEventName,
  { above, below, order, most }: Place
): Knex.QueryBuilder {
  const jobs = database('mail_events')
    .distinct('event', 'job_id as id')
    .where('job_id', '>', above ?? 0)
  if (below !== undefined) jobs.where('job_id', '<', below)
  const isMysql = jobs.client.dialect === 'mysql'
  if (isMysql) jobs.whereIn('event', [event, '']).orderBy('event', order)
  else jobs.where({ event })
  return jobs.orderBy('job_id', order).limit(most)
}
