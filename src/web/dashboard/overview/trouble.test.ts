import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Sight } from './sight.ts'
import { troublesOf } from './trouble.ts'

const minute = 60_000
const time = Date.UTC(2026, 10, 26, 3)

const quiet: Sight = {
  time,
  counts: { finished: 10_001, running: 0, waiting: 0 },
  finishedLately: 300,
  failedLately: 0,
  waiting: undefined,
  unswept: 0,
  doubts: { held: 0, repeated: 0 },
  returned: { bounced: 0, complained: 0, recipients: [] },
  firstRecordedAt: time - 999 * minute,
  lastSweepAt: time - minute,
  tasks: [
    { task: 'sweep', cameAt: time - minute, hasFailed: false },
    { task: 'prune', cameAt: undefined, hasFailed: false }
  ],
  missed: [],
  skewSeconds: 0.4,
  messages: { visible: 0, inFlight: 0, delayed: 0 },
  dead: 0
}
const waitingFor = (minutes: number) => ({ id: 1, token: 'x', since: time - minutes * minute })
/** No tick came for so long, and so no sweep. */
const silentFor = (minutes: number | undefined): Partial<Sight> => {
  const cameAt = minutes === undefined ? undefined : time - minutes * minute
  return { lastSweepAt: cameAt, tasks: [{ task: 'sweep', cameAt, hasFailed: false }] }
}
const queued = { visible: 9, inFlight: 0, delayed: 0 }

/** What is seen, what is said of it first, and whether it is urgent. */
const cases: [string, Partial<Sight>, RegExp, boolean][] = [
  ['nothing runs', { waiting: waitingFor(3) }, /waited for 3 min, and nothing runs/, true],
  [
    'a long wait',
    { waiting: waitingFor(20), counts: { running: 2 } },
    /longest has waited for 20 min/,
    false
  ],
  ['a dead letter', { dead: 1 }, /a message in the dead-letter queue/, true],
  ['dead letters', { dead: 12_345 }, /12,345 messages in the dead-letter/, true],
  ['a failure', { failedLately: 1 }, /A job has failed in the last hour/, false],
  ['many failures', { failedLately: 10_001 }, /10,000\+ jobs have failed/, false],
  ['no tick', silentFor(6), /have stopped: the last tick came 6 min ago/, true],
  ['no tick behind a queue', { ...silentFor(16), messages: queued }, /16 min ago/, true],
  ['never a tick', silentFor(undefined), /No periodic task has ever run/, true],
  ['no sweep', { lastSweepAt: time - 6 * minute }, /no sweep has been done for 6 min/, true],
  [
    'no sweep behind a queue',
    { lastSweepAt: time - 16 * minute, messages: queued },
    /done for 16 min/,
    true
  ],
  ['never a sweep', { lastSweepAt: undefined }, /no sweep has been done for 17 h/, true],
  [
    'a failing task',
    { tasks: [...quiet.tasks, { task: 'digest', cameAt: 1, hasFailed: true }] },
    /last run of a periodic task has failed \(digest\)/,
    false
  ],
  ['a lease', { unswept: 1 }, /lease of a job ran out more than two minutes ago/, true],
  ['missed ticks', { missed: [['sweep', 3]] }, /missed in the last 24 hours \(sweep: 3\)/, false],
  ['a refusal', { messages: new Error('AccessDenied') }, /on the queue \(AccessDenied\)/, false],
  [
    'a silent queue of dead letters',
    { dead: new Error('late') },
    /on the dead-letter queue \(late\)/,
    false
  ],
  ['a clock', { skewSeconds: -2 }, /2\.0 s behind/, false],
  ['a wrong clock', { skewSeconds: 7.2 }, /7\.2 s ahead of/, true],
  [
    'a held mail',
    { doubts: { held: 1, repeated: 0 } },
    /Nobody knows whether a mail was sent/,
    true
  ],
  [
    'mails that came back',
    { returned: { bounced: 4, complained: 0, recipients: ['a@example.jp', 'b@example.jp'] } },
    /4 mails bounced in the last 24 hours \(a@example\.jp, b@example\.jp, …\)/,
    false
  ],
  [
    'a mail that was complained about',
    { returned: { bounced: 0, complained: 1, recipients: [] } },
    /A mail was reported as unwanted/,
    true
  ],
  [
    'mails that may have come twice',
    { doubts: { held: 0, repeated: 2 } },
    /2 mails of the last 24/,
    false
  ]
]

for (const [name, seen, says, isGrave] of cases)
  test(`the overview tells of ${name}, in two languages, and what to do`, () => {
    const [trouble, ...others] = troublesOf({ ...quiet, ...seen })
    assert.match(trouble?.says.en ?? '', says)
    assert.equal(trouble?.isGrave, isGrave)
    assert.deepEqual(others, [])
    assert.ok(trouble.remedy.en.length > 20 && /[ぁ-ん]/.test(trouble.remedy.ja + trouble.says.ja))
  })

/** What looks like a trouble, and is none. */
const harmless: [string, Partial<Sight>][] = [
  ['a line at rest', {}],
  ['a job that has just come', { waiting: waitingFor(1) }],
  ['ten minutes behind others', { waiting: waitingFor(10), counts: { running: 2 } }],
  ['a sweep that waits behind a queue', { lastSweepAt: time - 12 * minute, messages: queued }],
  ['a line that has just begun', { lastSweepAt: undefined, firstRecordedAt: time - minute }],
  ['an empty database', { lastSweepAt: undefined, firstRecordedAt: undefined }],
  ['no dead-letter queue', { dead: undefined }]
]

for (const [name, seen] of harmless)
  test(`nothing is said of ${name}`, () => {
    assert.deepEqual(troublesOf({ ...quiet, ...seen }), [])
  })

test('what is urgent comes first', () => {
  const all = troublesOf({
    ...quiet,
    failedLately: 3,
    missed: [['prune', 1]],
    dead: 2,
    skewSeconds: 9
  })
  assert.deepEqual(
    all.map(({ isGrave }) => isGrave),
    [true, true, false, false]
  )
})

test('the sections that troubles name are in docs/operator.md', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../../docs/operator.md'), 'utf8')
  const sections = cases.flatMap(([, seen]) => troublesOf({ ...quiet, ...seen })[0]?.section ?? [])
  assert.ok(new Set(sections).size >= 5)
  for (const section of sections) assert.ok(guide.includes(`\n## ${section}\n`), section)
})
