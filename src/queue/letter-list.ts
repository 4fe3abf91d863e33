import type { Knex } from 'knex'
import type { Database } from '../database.ts'
import { strange } from './fingerprint.ts'
import type { Job } from './job.ts'
import type { Letter } from './letter.ts'
import { mostCounted } from './listing.ts'

/** What is known of the job of a dead letter. */
type JobPart = Pick<Job, 'id' | 'state' | 'error' | 'attempts' | 'email' | 'waiting_at'>

/** A dead letter with its failed job, or without one. */
export type ListedLetter = Letter & { job: JobPart | null }

export type LetterGroup = Pick<Letter, 'fingerprint' | 'kind' | 'sentence'> & {
  /** Whether its messages carry no job. */
  isStrange: boolean
  count: number
  firstSeenAt: number
  /** When the newest of them was found. */
  lastSeenAt: number
}

const jobColumns = ['state', 'error', 'attempts', 'email', 'waiting_at'] as const

/**
 * Those that wait for the operator: their job has failed and has no newer message, or there is none. What has become
 * stale since the last look is not among them.
 */
function open(database: Database): Knex.QueryBuilder {
  return database('dead_letters')
    .leftJoin('jobs', 'jobs.id', 'dead_letters.job_id')
    .whereNull('dead_letters.discarded_at')
    .where(row => {
      row.whereNull('dead_letters.job_id')
      row.orWhere(one => {
        one.where('jobs.state', 'failed')
        one.where('jobs.sqs_message_id', database.ref('dead_letters.message_id'))
      })
    })
}

/** The groups of errors, the largest first; of 10,000 letters and a few. */
export async function groupsOfDeadLetters(database: Database): Promise<LetterGroup[]> {
  const columns = ['fingerprint', 'kind', 'sentence', 'first_seen_at']
  const some = open(database)
    .select(columns.map(name => `dead_letters.${name}`))
    .limit(mostCounted + 1)
    .as('some')
  const rows = await database
    .from(some)
    .select('fingerprint')
    .max({ kind: 'kind', sentence: 'sentence', lastSeenAt: 'first_seen_at' })
    .min({ firstSeenAt: 'first_seen_at' })
    .count({ count: '*' })
    .groupBy('fingerprint')
    .orderBy('count', 'desc')
  return rows.map(row => ({
    ...row,
    count: Number(row.count),
    isStrange: row.fingerprint === strange.fingerprint
  }))
}

type LetterFilter = {
  fingerprint?: string | undefined
  /** First seen then or before. */
  until?: number | undefined
  /** Not those of jobs that this redrive has sent back. */
  redrive?: number | undefined
}

/** Dead letters, those first that were found first. */
export async function listDeadLetters(
  database: Database,
  { fingerprint, until, redrive }: LetterFilter,
  most: number
): Promise<ListedLetter[]> {
  const rows = open(database).orderBy('dead_letters.first_seen_at').limit(most)
  if (fingerprint) rows.where('dead_letters.fingerprint', fingerprint)
  if (until !== undefined) rows.where('dead_letters.first_seen_at', '<=', until)
  if (redrive !== undefined)
    rows.whereNotExists(
      database('redriven')
        .where({ redrive_id: redrive })
        .where('redriven.job_id', database.ref('dead_letters.job_id'))
        .where('redriven.fencing_token', '<=', database.ref('jobs.fencing_token'))
    )
  return (await rows.select(shown)).map(toListed)
}

/** How many such letters there are; one more than `mostCounted` means more than that. */
export async function countDeadLetters(database: Database, fingerprint: string): Promise<number> {
  const some = open(database)
    .where('dead_letters.fingerprint', fingerprint)
    .select('dead_letters.message_id')
    .limit(mostCounted + 1)
    .as('some')
  const [row] = await database.from(some).count({ count: '*' })
  return Number(row?.['count'])
}

export async function findDeadLetter(
  database: Database,
  messageId: string
): Promise<ListedLetter | undefined> {
  const row = await open(database).where('dead_letters.message_id', messageId).select(shown).first()
  return row && toListed(row)
}

/** The dead letter of a failed job, if a look has found one. */
export async function deadLetterOf(
  database: Database,
  { state, sqs_message_id }: Pick<Job, 'state' | 'sqs_message_id'>
): Promise<ListedLetter | undefined> {
  if (state !== 'failed' || sqs_message_id === null) return undefined
  return await findDeadLetter(database, sqs_message_id)
}

const shown = ['dead_letters.*', ...jobColumns.map(name => `jobs.${name} as job_${name}`)]

function toListed(row: Record<string, unknown>): ListedLetter {
  const letter = Object.entries(row).filter(([name]) => !/^job_(?!id$)/.test(name))
  const { job_id } = row as Letter
  const job = job_id && {
    id: job_id,
    ...Object.fromEntries(jobColumns.map(name => [name, row[`job_${name}`]]))
  }
  return { ...(Object.fromEntries(letter) as Letter), job: (job || null) as JobPart | null }
}
