import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Job } from '../src/queue/job.ts'
import type { Fact } from './fact.ts'
import { crashed, judge } from './judge.ts'
import { deaths } from './scenario.ts'

const move = { job_id: 1, fencing_token: 1 }
const claimed = { ...move, was: 'waiting', became: 'running' }
const finished = { ...move, was: 'running', became: 'finished' }
const mail = { id: 'm1', text: 'http://127.0.0.1/jobs/t1' }
const own = { id: 1, token: 't1', warnings: '[]', receipts: '{"mail":{"messageId":"m1"}}' }
const row = { ...own, state: 'finished', error: null } as Job
const good: Fact = {
  order: { number: 'CHAOS-0001', email: 'chaos-0001@example.jp', accepted: { id: 1, token: 't1' } },
  rows: [row],
  moves: [claimed, finished],
  said: 1,
  mails: [mail],
  ambiguous: 0,
  fileTrouble: undefined
}
const doubted = { ...row, warnings: '["…"]' }
const failed = (error: string) => ({ rows: [{ ...row, state: 'failed' as const, error }] })

const { accepted: _, ...refused } = good.order

const held = { ...move, was: 'running', became: 'failed' }
const again = { ...move, was: 'failed', became: 'waiting' }
const doubtful = 'Nobody knows whether the mail of an earlier attempt went out.'
const ofHeld = {
  ...{ rows: [{ ...row, kind: 'held-note', state: 'failed' as const, error: doubtful }] },
  ...{ said: 0, ambiguous: 2 }
}

/** What a change of a good fact breaks. */
function broken(change: Partial<Fact>, allowed = deaths) {
  return judge([{ ...good, ...change }], allowed).breaches.map(({ promise }) => promise)
}

test('a job that went well breaks no promise', () => {
  assert.deepEqual(judge([good], {}), {
    ...{
      breaches: [],
      failed: {},
      doubleMails: 0,
      ambiguous: 0,
      retried: 0,
      attempts: 1,
      refused: 0
    }
  })
})

test('an order that was refused each time is counted, and was promised nothing', () => {
  const fact = { ...good, order: refused, rows: [], moves: [], said: 0, mails: [] }
  const { breaches, refused: count } = judge([fact], {})
  assert.deepEqual([breaches, count], [[], 1])
})

for (const [what, promise, change] of [
  [
    'a recorded order that waits, though nobody heard of it',
    'lost',
    {
      ...{ order: refused, rows: [{ ...row, state: 'waiting' }], moves: [] }
    }
  ],
  ['a row that is gone', 'lost', { rows: [], moves: [], said: 0, mails: [] }],
  ['a job that waits', 'lost', { rows: [{ ...row, state: 'waiting' }], moves: [] }],
  ['a failure without a known reason', 'lost', { ...failed('No idea.'), moves: [claimed] }],
  ['two rows for an order', 'twice', { rows: [row, { ...row, id: 2 }] }],
  ['an answer that names another job', 'twice', { rows: [{ ...row, id: 2 }] }],
  ['a job that is finished twice', 'twice', { moves: [claimed, finished, claimed, finished] }],
  ['a job that is finished without a trace', 'twice', { moves: [claimed] }],
  [
    'a job that goes on after its end',
    'twice',
    {
      moves: [claimed, finished, { ...finished, was: 'finished', became: 'retrying' }]
    }
  ],
  ['a worker that finishes what is finished', 'twice', { said: 2 }],
  ['a wrong file', 'wrong', { fileTrouble: 'the file is about CHAOS-0002' }],
  ['a mail that never came', 'mail', { mails: [] }],
  ['a mail of another job', 'mail', { mails: [{ ...mail, text: '/jobs/t2' }] }],
  ['a mail without its receipt', 'mail', { rows: [{ ...row, receipts: null }] }],
  ['the receipt of no mail', 'mail', { mails: [{ ...mail, id: 'm2' }] }],
  [
    'a second mail that the ledger does not doubt',
    'mail',
    { rows: [doubted], mails: [mail, mail] }
  ],
  ['a second mail of which nobody tells the person', 'mail', { mails: [mail, mail], ambiguous: 1 }]
] as [string, string, Partial<Fact>][])
  test(`${what} is a breach`, () => {
    assert.deepEqual([...new Set(broken(change))], [promise])
  })

test('a second mail that the ledger doubts and the person is told of is counted, and no breach', () => {
  const fact = { ...good, rows: [doubted], mails: [mail, mail], ambiguous: 1 }
  const { breaches, doubleMails, ambiguous } = judge([fact], {})
  assert.deepEqual([breaches, doubleMails, ambiguous], [[], 1, 1])
})

const heldTwice = [claimed, held, again, claimed, held]

for (const [what, promise, change] of [
  ['a second mail that nobody ordered', 'mail', { moves: [claimed, held], mails: [mail, mail] }],
  ['more mails than were ordered', 'mail', { moves: heldTwice, mails: [mail, mail, mail] }],
  ['a doubt that is held and not counted', 'mail', { moves: heldTwice, ambiguous: 1 }]
] as [string, string, Partial<Fact>][])
  test(`of a kind that has its doubts held, ${what} is a breach`, () => {
    assert.deepEqual(broken({ ...ofHeld, ...change }, { held: /^Nobody knows/ }), [promise])
  })

test('a mail that the operator ordered again is no double one', () => {
  const moves = [claimed, held, again, claimed, finished]
  const fact = { ...good, rows: [{ ...row, kind: 'held-note' }], moves, mails: [mail, mail] }
  const { breaches, doubleMails, retried } = judge([{ ...fact, ambiguous: 1 }], {})
  assert.deepEqual([breaches, doubleMails, retried], [[], 0, 1])
})

test('a process that ended by itself is a breach, each time', () => {
  const [first, ...others] = crashed([
    { name: 'web', crashes: [] },
    { name: 'worker-1', crashes: ['exit code 1', 'SIGSEGV'] }
  ])
  assert.deepEqual(first, {
    ...{ promise: 'crash', order: 'worker-1', how: 'ended by itself (exit code 1)' }
  })
  assert.equal(others.length, 1)
})

test('a failure for a reason that the scenario allows is named', () => {
  const error =
    'The worker died in the middle of the work, or lost the database. It happened 3 times, so it is not tried again.'
  const fact = { ...good, ...failed(error), moves: [claimed], mails: [] }
  const { breaches, failed: reasons } = judge([fact], deaths)
  assert.deepEqual([breaches, reasons], [[], { 'three dead workers': 1 }])
})
