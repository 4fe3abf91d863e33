import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { eventually, openEngine, recordJob, reload } from '../../test/engine.ts'
import { hurry } from '../../test/hurry.ts'
import * as decisions from './decision.ts'
import * as jobs from './job.ts'
import type { Kind } from './kind.ts'
import * as messages from './message.ts'
import { GiveUp, RetryLater } from './outcome.ts'
import { perform } from './perform.ts'
import { openRoom } from './room.ts'
import { sweep } from './sweep.ts'

const deadlineSeconds = 100
const first = (job: jobs.Job) => ({ job: job.id, receiveCount: 1 })
const file = { key: 'a.pdf', name: '請求書.pdf', bytes: 3 }
const done: Kind['perform'] = async () => ({ file })
const broken: Kind['perform'] = async () => {
  throw new Error('The printer is on fire.')
}
const late = /^The job has run out of time: its deadline is \S+Z\. A retry gives it a new one\./
const lateAfterFire = /^The job has run out of time: .* The last error: The printer is on fire\./
const nothing = { sent: 0, released: 0, failed: 0 }

onBothDatabases(url => {
  /** A job of a kind with a deadline, and a clock that stands at the moment of its order. */
  async function open(t: TestContext, work: Kind['perform'], more: Partial<Kind> = {}) {
    const engine = await openEngine(t, url(), work)
    Object.assign(engine.kinds[0] as Kind, { deadlineSeconds, ...more })
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const job = await recordJob(engine)
    const stand = async () => {
      const { state, error } = await reload(engine, job)
      return { state, error: error ?? '' }
    }
    return { engine, job, stand }
  }

  const pass = (t: TestContext, seconds: number) =>
    t.mock.timers.setTime(Date.now() + seconds * 1000)

  test('a job may begin up to its deadline; after it, it fails without being begun, and its message is deleted', async t => {
    const { engine, job, stand } = await open(t, broken)
    pass(t, deadlineSeconds)
    assert.equal(await perform(engine, first(job)), 'retry')
    t.mock.timers.setTime(Date.now() + 1)
    assert.equal(await perform(engine, first(job)), 'overdue')
    const { state, error } = await stand()
    assert.equal(state, 'failed')
    assert.match(error, lateAfterFire)
    assert.ok(error.includes(new Date(job.waiting_at + deadlineSeconds * 1000).toISOString()))
    assert.equal((await reload(engine, job)).attempts, 1)
    assert.equal(await perform(engine, first(job)), 'duplicate', 'should it come again')
  })

  test('an attempt under way is told at the deadline, and its error fails the job', async t => {
    const { engine, job, stand } = await open(
      t,
      async (_payload, { job: { signal } }) => {
        pass(t, deadlineSeconds + 1)
        await eventually(() => signal.aborted)
        signal.throwIfAborted()
        return {}
      },
      { retries: { most: 9, firstSeconds: 1, longestSeconds: 1 } }
    )
    assert.equal(await perform(engine, first(job)), 'overdue')
    const { state, error } = await stand()
    assert.equal(state, 'failed')
    assert.match(error, late)
    assert.doesNotMatch(error, /last error/)
    assert.equal(await engine.queue.depth(), 0)
  })

  test('work that goes on after the deadline can not hold its job', async t => {
    hurry(t, milliseconds => (milliseconds === 5000 ? 0 : milliseconds))
    const { engine, job, stand } = await open(t, () => {
      pass(t, deadlineSeconds + 1)
      return new Promise<never>(() => {})
    })
    assert.equal(await perform(engine, first(job)), 'overdue')
    assert.match((await stand()).error, late)
  })

  test('what work returns is recorded even when it comes a little late, and so is why it gave up', async t => {
    const { engine, job, stand } = await open(t, async () => {
      pass(t, deadlineSeconds + 1)
      return { file }
    })
    assert.equal(await perform(engine, first(job)), 'finished')
    const other = await recordJob(engine)
    engine.kinds[0] = {
      ...(engine.kinds[0] as Kind),
      perform: async () => {
        pass(t, deadlineSeconds + 1)
        throw new GiveUp('There is no such customer.')
      }
    }
    assert.equal(await perform(engine, first(other)), 'gave up')
    assert.equal((await stand()).state, 'finished')
    assert.match((await reload(engine, other)).error ?? '', /^There is no such customer/)
  })

  for (const [what, more, error] of [
    ['RetryLater', {}, new RetryLater(101, 'The printer is on fire.')],
    [
      'its kind',
      { retries: { most: 9, firstSeconds: 400, longestSeconds: 400 } },
      new Error('The printer is on fire.')
    ]
  ] as const)
    test(`a pause by ${what} that would end after the deadline fails the job at once`, async t => {
      const work = async () => {
        throw error
      }
      const { engine, job, stand } = await open(t, work, more)
      assert.equal(await perform(engine, first(job)), 'overdue')
      const { state, error: reason } = await stand()
      assert.equal(state, 'failed')
      assert.match(reason, lateAfterFire)
      assert.equal(await engine.queue.depth(), 0)
    })

  test('a pause that ends at the deadline is kept', async t => {
    const { engine, job } = await open(t, async () => {
      throw new RetryLater(deadlineSeconds, 'SES is throttling.')
    })
    assert.equal(await perform(engine, first(job)), 'retry later')
    assert.equal((await reload(engine, job)).state, 'retrying')
  })

  test('a worker that stops hands no job back that is too late', async t => {
    const stopping = new AbortController()
    const { engine, job, stand } = await open(t, async (_payload, { job: { signal } }) => {
      stopping.abort(new Error('The worker is stopping.'))
      pass(t, deadlineSeconds + 1)
      signal.throwIfAborted()
      return {}
    })
    assert.equal(await perform(engine, first(job), { stopping: stopping.signal }), 'overdue')
    assert.match((await stand()).error, /out of time: .* The last error: The worker is stopping\./)
  })

  test('the sweep fails what it would have sent too late, and leaves what has a message', async t => {
    const { engine, job: unsent, stand } = await open(t, done)
    const sent = await recordJob(engine)
    await messages.sent(engine.database, sent, 'on the queue')
    await engine.queue.send(sent.id)
    pass(t, deadlineSeconds + 1)
    const fresh = await recordJob(engine)
    pass(t, 6)
    assert.deepEqual(await sweep(engine), { ...nothing, sent: 1, failed: 1 })
    assert.equal((await stand()).state, 'failed')
    assert.match((await stand()).error, late)
    assert.ok((await reload(engine, fresh)).sqs_message_id)
    for (const job of [sent, fresh]) assert.equal((await reload(engine, job)).state, 'waiting')
    assert.equal((await reload(engine, unsent)).deaths, 0)
    assert.equal(await perform(engine, first(sent)), 'overdue')
  })

  test('a job whose worker died is left to the sweep, which does not put it back too late', async t => {
    const { engine, job, stand } = await open(t, done)
    await jobs.claim(engine.database, job)
    pass(t, deadlineSeconds + 1)
    assert.equal(await perform(engine, first(job)), 'busy')
    const long = engine.kinds.map(kind => ({ ...kind, attemptSeconds: 601 }))
    const room = openRoom(1)
    assert.equal(await perform({ ...engine, kinds: long }, first(job), { room }), 'duplicate')
    assert.deepEqual(await sweep(engine), { ...nothing, failed: 1 })
    const { state, error } = await stand()
    assert.equal(state, 'failed')
    assert.match(error, /out of time: .* The last error: The worker died/)
    assert.equal((await reload(engine, job)).deaths, 1)
  })

  test("the operator's retry gives a job its whole time again", async t => {
    const { engine, job, stand } = await open(t, done)
    pass(t, deadlineSeconds + 1)
    assert.equal(await perform(engine, first(job)), 'overdue')
    const requeue = async () =>
      assert.ok(await decisions.requeue(engine.database, await reload(engine, job)))
    await requeue()
    pass(t, deadlineSeconds + 1)
    assert.equal(await perform(engine, first(job)), 'overdue')
    assert.doesNotMatch((await stand()).error, /last error/, 'that was another time')
    await requeue()
    pass(t, deadlineSeconds)
    assert.equal(await perform(engine, first(job)), 'finished')
    assert.equal((await reload(engine, job)).waiting_at, job.waiting_at)
  })
})
