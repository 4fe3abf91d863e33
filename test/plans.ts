import type { Database } from '../src/database.ts'

/** How MariaDB goes about one table of a statement; `rows` are those it read, of a change those it expects to. */
export type Plan = { sql: string; table: string; access: string; key: string | null; rows: number }

/**
 * Fills the tables with so many jobs, as they are after three months: nearly all finished, some failed, a backlog
 * of one in a hundred, and as many ticks as a month has. For MariaDB, which has a table of numbers.
 */
export async function fill(database: Database, count: number) {
  const columns = [
    'token, kind, state, payload, email, language, payload_hash, sqs_message_id, fencing_token',
    'lease_until, run_at, file_key, file_name, waiting_at, queued_at, finished_at',
    'error, search_number, search_name, receipts'
  ]
  const state = `CASE WHEN seq % 20000 = 1 THEN 'running' WHEN seq % 100 = 2 THEN 'failed'
    WHEN seq % 200 = 3 THEN 'waiting' WHEN seq % 200 = 4 THEN 'retrying' ELSE 'finished' END`
  const kind = `CASE WHEN seq % 49 = 7 THEN 'mail-merge' WHEN seq % 11 = 5 THEN 'report' ELSE 'invoice' END`
  const payload = `CONCAT('{"number":"2026-', seq, '","recipient":{"name":"株式会社', seq % 30000, '","honorific":"御中"},',
    '"lines":[', REPEAT('{"description":"エチオピア 生豆","quantity":2,"unitPrice":28400,"taxRate":8},', 6), '{}]}')`
  const now = Date.now()
  const at = `${now} - (${count} - seq) * 7776000000 / ${count}`
  await database.raw(`INSERT INTO jobs (${columns.join(', ')})
    SELECT LPAD(LOWER(HEX(seq)), 32, '0'), ${kind} AS kind, ${state} AS state, ${payload}, IF(seq % 3 = 0, 'shop@example.jp', CONCAT('person', seq % 50000, '@example.jp')),
      'ja', 'x', UUID(), 1,
      IF(seq % 20000 = 1, ${now} + 3600000, NULL), IF(seq % 400 = 4, ${now} + 60000, NULL),
      IF(seq * 3 > ${count} * 2, 'a.pdf', NULL), 'a.pdf', ${at}, ${at}, ${at},
      IF(seq % 100 = 2, CONCAT('Error: SES: address ', seq, ' is not verified.\\n    at send (mail.ts:10:2)'), NULL),
      CONCAT('2026-', seq), CONCAT('株式会社', seq % 30000),
      CONCAT('{"mail":{"messageId":"', seq, '","subject":"できました","at":', ${at}, '}}')
    FROM seq_1_to_${count}`)
  await database.raw(`INSERT INTO effects (job_id, step, fencing_token, began_at, ambiguous)
    SELECT id, 'mail', 1, 1, id % 1000 = 9 FROM jobs`)
  const event = `CASE WHEN seq % 100 = 8 THEN 'bounce' WHEN seq % 1000 = 9 THEN 'complaint' ELSE 'delivery' END`
  await database.raw(`INSERT INTO mail_events (job_id, message_id, event, recipient, at, type)
    SELECT id, seq, ${event}, 'a@example.jp', ${at}, IF(seq % 100 = 8, 'Permanent', NULL)
    FROM seq_1_to_${count} JOIN jobs ON token = LPAD(LOWER(HEX(seq)), 32, '0')`)
  await database.raw(`INSERT INTO ticks (task, scheduled_at, state, began_at)
    SELECT 'sweep', ${now} - seq * 60000, 'done', 1 FROM seq_1_to_${Math.min(count, 43_200)}`)
  await database.raw(`INSERT INTO actions (at, role, name, address, action, job_id, outcome)
    SELECT ${at}, 'operator', '花子', '203.0.113.7', 'retry', seq % 500, 'done' FROM seq_1_to_${count}`)
  await database.raw(`INSERT INTO webhook_attempts (webhook_id, job_id, at, ms, is_ok, said, signature)
    SELECT seq % 5, seq, ${at}, 80, seq % 50 > 0, 'ok', 'v1,x' FROM seq_1_to_${count}`)
  await database.raw(`INSERT INTO dead_letters
    (message_id, job_id, kind, fingerprint, sentence, body, handle, receives, sent_at, first_seen_at, last_seen_at)
    SELECT sqs_message_id, id, kind, CONCAT('00000000deadbee', id % 7), 'SES: address # is not verified.', CONCAT('{"job":', id, '}'),
      REPEAT('x', 300), 5, finished_at, finished_at, ${now}
    FROM jobs WHERE state = 'failed' LIMIT 10000`)
  await database.raw(
    'ANALYZE TABLE jobs, effects, mail_events, ticks, actions, webhook_attempts, dead_letters'
  )
}

/** The plans of all statements that `work` says, on the rows that it leaves. */
export async function plansOf(database: Database, work: () => Promise<unknown>): Promise<Plan[]> {
  const said = new Map<string, unknown[]>()
  const note = ({ sql, bindings }: { sql: string; bindings: unknown[] }) => said.set(sql, bindings)
  database.on('query', note)
  await work()
  database.removeListener('query', note)
  const plans: Plan[] = []
  for (const [sql, bindings] of said) {
    if (/^(begin|commit)/i.test(sql) || (/^insert/i.test(sql) && !/select/i.test(sql))) continue
    const how = /^select/i.test(sql) ? 'ANALYZE' : 'EXPLAIN'
    const [rows] = await database.raw(`${how} ${sql}`, bindings as never)
    for (const { table, type, key, rows: expected, r_rows: read = expected } of rows)
      if (type) plans.push({ sql, table, access: type, key, rows: Number(read) })
  }
  return plans
}

/** What is wrong with a plan, if anything: it reads a whole table, or changes a job that it did not find by its key. */
export function complaintAbout({ sql, table, access, key, rows }: Plan): string | undefined {
  if (table.startsWith('<')) return undefined
  // A page is taken from the end of an index, which counts as a scan of it.
  if (access === 'ALL' || (access === 'index' && rows > 100)) return 'reads a whole table'
  const isUpdate = /^update `jobs`/.test(sql)
  return isUpdate && key !== 'PRIMARY' ? 'finds its row by an index of states' : undefined
}
