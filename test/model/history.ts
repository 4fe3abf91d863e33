import type { Database } from '../../src/database.ts'
import type { Job } from '../../src/queue/job.ts'
import type { Program } from './boundary.ts'

const columns = [
  'id',
  'kind',
  'state',
  'fencing_token',
  'attempts',
  'deaths',
  'lease_until',
  'run_at',
  'waiting_at',
  'retried_at',
  'queued_at',
  'sqs_message_id',
  'error',
  'warnings',
  'file_key',
  'file_bytes',
  'receipts',
  'timeline'
] as const

/** A row as it was at one time. */
export type Row = Pick<Job, (typeof columns)[number]>
export type Entry = {
  job_id: number
  fencing_token: number
  ambiguous: number
  receipt: string | null
  done_at: number | null
}

const entryColumns = ['job_id', 'fencing_token', 'ambiguous', 'receipt', 'done_at'] as const

/** What one statement of a program has done to one row. */
export type Change = { program: Program; before?: Row; after: Row }
export type EntryChange = { program: Program; before?: Entry; after?: Entry }
export type Changes = { jobs: Change[]; effects: EntryChange[] }

export type History = ReturnType<typeof readHistory>

/** Has the database itself write down every change, whoever makes it. */
export async function keepHistory(database: Database) {
  await database.raw(
    'CREATE TABLE history (n INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT, before TEXT, after TEXT)'
  )
  for (const [table, names] of [
    ['jobs', columns],
    ['effects', entryColumns]
  ] as const) {
    const row = (which: string) =>
      `json_object(${names.map(name => `'${name}', ${which}.${name}`).join(', ')})`
    for (const [verb, before, after] of [
      ['INSERT', 'NULL', row('NEW')],
      ['UPDATE', row('OLD'), row('NEW')],
      ['DELETE', row('OLD'), 'NULL']
    ])
      await database.raw(
        `CREATE TRIGGER ${table}_${verb} AFTER ${verb} ON ${table} BEGIN INSERT INTO history (source, before, after) VALUES ('${table}', ${before}, ${after}); END`
      )
  }
}

/** Reads it piece by piece, from now on. */
export function readHistory(database: Database) {
  return {
    /** What has been written since the last look, all of it by one program. */
    async next(program: Program): Promise<Changes> {
      const rows = await database('history').orderBy('n')
      if (rows.length > 0) await database('history').delete()
      const of = (table: string) =>
        rows
          .filter(({ source }) => source === table)
          .map(({ before, after }) => ({
            program,
            ...(before && { before: JSON.parse(before) }),
            ...(after && { after: JSON.parse(after) })
          }))
      return { jobs: of('jobs'), effects: of('effects') }
    }
  }
}
