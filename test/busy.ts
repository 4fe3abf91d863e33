import { beginAction, endAction } from '../src/queue/action.ts'
import * as jobs from '../src/queue/job.ts'
import { sent } from '../src/queue/message.ts'
import type { Line } from '../src/queue/perform.ts'
import { record } from '../src/queue/record.ts'
import { searchKeys } from '../src/queue/search-key.ts'
import type { State } from '../src/queue/state.ts'
import { makeDeliveries, makeLetters, makeMails } from './busy-beside.ts'

const minute = 60_000
const refused = 'GiveUp: SES: Email address is not verified.\n    at judge (src/mail.ts:96:20)'
const missing = 'Error: ENOENT: no such file or directory, open fonts/NotoSansJP_400Regular.ttf'

/** What has become of each of ten jobs of the last days. */
const ways: [State, string | null][] = [
  ...Array.from({ length: 5 }, (): [State, null] => ['finished', null]),
  ['failed', refused],
  ['failed', missing],
  ['retrying', missing],
  ['cancelled', null],
  ['discarded', refused]
]

/** What pages are about: a job with a story, a dead letter and its group, a delivery. */
export type Past = { job: number; letter: string; fingerprint: string; delivery: number }

/** Gives the line a past, so that each page of the dashboard has something to show. */
export async function makeBusy({
  database,
  config
}: Pick<Line, 'database' | 'config'>): Promise<Past> {
  await database.batchInsert('jobs', Array.from({ length: 120 }, past), 20)
  await database('ticks').insert(Array.from({ length: 60 }, tick))
  await makeActions(database)
  const job = await makeStory(database)
  await makeMails(database)
  return { job, ...(await makeLetters(database)), ...(await makeDeliveries(database, config)) }
}

function past(_: unknown, n: number) {
  const [state, error] = ways[n % ways.length] as (typeof ways)[0]
  const waiting_at = Date.now() - n * n * 0.6 * minute
  const names = { number: `2026-${1000 + n}`, name: `髙﨑商店 第${n}支店` }
  return {
    ...{ token: `b${n.toString(16).padStart(31, '0')}`, kind: n % 4 ? 'invoice' : 'report' },
    ...{ state, error, email: `hanako${n}@example.jp`, language: 'ja', payload_hash: 'x' },
    ...{ payload: JSON.stringify(names), attempts: error ? 5 : 1, ...searchKeys(names) },
    ...{ waiting_at, queued_at: waiting_at, run_at: null },
    finished_at: state === 'retrying' ? null : waiting_at + (2 + (n % 7)) * 1000
  }
}

function tick(_: unknown, n: number) {
  const scheduled_at = Math.floor(Date.now() / minute - n) * minute
  const state = n === 20 ? 'missed' : n === 40 ? 'failed' : 'done'
  const result = { done: '{"sent":0,"ended":0}', failed: 'Error: ECONNREFUSED', missed: null }
  return {
    ...{ task: 'sweep', scheduled_at, state, result: result[state] },
    ...{ began_at: scheduled_at + 900, ended_at: scheduled_at + 960 + (n % 9) * 10 }
  }
}

async function makeActions(database: Line['database']) {
  const who = { role: 'operator' as const, name: '髙﨑 花子', address: '203.0.113.7' }
  const done = [
    ['login', null],
    ['retry', 3],
    ['discard', 6]
  ] as const
  for (const [action, job_id] of done) {
    const id = await beginAction(database, { ...who, action, job_id, details: {} })
    await endAction(database, id, 'done', {})
  }
  await database('effects').insert({
    ...{ job_id: 3, step: 'mail', fencing_token: 1, ambiguous: 1, began_at: Date.now() },
    receipt: '{"messageId":"m"}'
  })
}

/** Of its three attempts the first died, the second threw, and the third gave up. */
async function makeStory(database: Line['database']): Promise<number> {
  const { job } = await record(database, {
    ...{ kind: 'invoice', payload: '{"number":"2026-001","issuer":{"name":"まめや珈琲"}}' },
    ...{ payload_hash: 'x', idempotency_key: null, email: 'hanako@example.jp', language: 'ja' }
  })
  const message = 'd2f1f0c4-7a33-4c39-9c0e-0f3f8a9ee5b1'
  const current = async () => (await jobs.find(database, job.id)) as jobs.Job
  const begin = async (receives: number) =>
    (await jobs.claim(database, await current(), message, receives)) as jobs.Job
  await sent(database, job, message)
  await begin(1)
  await database('jobs').where({ id: job.id }).update({ lease_until: 1 })
  await jobs.retry(database, await begin(3), missing)
  await jobs.fail(database, await begin(5), refused)
  return job.id
}
