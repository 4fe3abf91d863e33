import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { eventually, openEngine, recordJob, reload } from '../../test/engine.ts'
import * as decisions from './decision.ts'
import type * as jobs from './job.ts'
import type { Kind } from './kind.ts'
import { GiveUp, RetryLater } from './outcome.ts'
import { perform } from './perform.ts'

const first = (job: jobs.Job) => ({ job: job.id, receiveCount: 1 })
const file = { key: 'a.pdf', name: '請求書.pdf', bytes: 3 }
const done: Kind['perform'] = async () => ({ file, warnings: ['〓'] })
const broken: Kind['perform'] = async () => {
  throw new Error('The printer is on fire.')
}

onBothDatabases(url => {
  const open = (t: TestContext, work: Kind['perform']) => openEngine(t, url(), work)

  test('a job that succeeds is finished, with its file and warnings', async t => {
    const engine = await open(t, done)
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'finished')
    const row = await reload(engine, job)
    assert.equal(row.state, 'finished')
    assert.equal(row.file_name, '請求書.pdf')
    assert.equal(row.file_bytes, 3)
    assert.deepEqual(JSON.parse(row.warnings ?? ''), ['〓'])
    assert.deepEqual([row.attempts, row.progress, row.lease_until], [1, 100, null])
  })

  test('a duplicate of a finished job changes nothing', async t => {
    const engine = await open(t, done)
    const job = await recordJob(engine)
    await perform(engine, first(job))
    const row = await reload(engine, job)
    assert.equal(await perform(engine, first(job)), 'duplicate')
    assert.deepEqual(await reload(engine, job), row)
  })

  test('duplicates of cancelled and discarded jobs change nothing', async t => {
    const engine = await open(t, broken)
    const cancelled = await recordJob(engine)
    assert.ok(await decisions.cancel(engine.database, cancelled))
    assert.equal(await perform(engine, first(cancelled)), 'duplicate')
    const discarded = await recordJob(engine)
    await perform(engine, { job: discarded.id, receiveCount: 5 })
    assert.ok(await decisions.discard(engine.database, await reload(engine, discarded)))
    assert.equal(await perform(engine, first(discarded)), 'duplicate')
    assert.equal((await reload(engine, discarded)).state, 'discarded')
  })

  test('an attempt is refused while another holds a live lease', async t => {
    let release = () => {}
    const gate = new Promise<void>(resolve => {
      release = resolve
    })
    const engine = await open(t, async () => {
      await gate
      return {}
    })
    const job = await recordJob(engine)
    const attempt = perform(engine, first(job))
    await eventually(async () => (await reload(engine, job)).state === 'running')
    assert.equal(await perform(engine, { job: job.id, receiveCount: 2 }), 'busy')
    release()
    assert.equal(await attempt, 'finished')
    assert.equal((await reload(engine, job)).attempts, 1)
  })

  test('of many deliveries at once exactly one begins', async t => {
    let begun = 0
    const engine = await open(t, async () => {
      begun += 1
      return {}
    })
    const job = await recordJob(engine)
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => perform(engine, first(job))))
    assert.equal(begun, 1)
    assert.equal(outcomes.filter(outcome => outcome === 'finished').length, 1)
    assert.ok(outcomes.every(outcome => ['finished', 'busy', 'duplicate'].includes(outcome)))
  })

  test('GiveUp fails the job at once', async t => {
    const engine = await open(t, async () => {
      throw new GiveUp('There is no such customer.')
    })
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'gave up')
    const row = await reload(engine, job)
    assert.equal(row.state, 'failed')
    assert.match(row.error ?? '', /^There is no such customer\.\n\s+at /)
  })

  test('RetryLater waits for its time, sends a new message and does not count the attempt', async t => {
    const engine = await open(t, async () => {
      throw new RetryLater(60, 'SES is throttling.')
    })
    const job = await recordJob(engine)
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
    assert.equal(await perform(engine, first(job)), 'retry later')
    const row = await reload(engine, job)
    assert.deepEqual([row.state, row.attempts], ['retrying', 0])
    assert.equal(row.run_at, Date.now() + 60_000)
    assert.ok(row.sqs_message_id)
    assert.equal(await engine.queue.depth(), 1)
    assert.equal(await perform(engine, first(job)), 'busy', 'too early')
  })

  test('any other error is retried, and fails the job on the last receive', async t => {
    const engine = await open(t, broken)
    const job = await recordJob(engine)
    assert.equal(await perform(engine, { job: job.id, receiveCount: 4 }), 'retry')
    assert.equal((await reload(engine, job)).state, 'retrying')
    assert.equal(await perform(engine, { job: job.id, receiveCount: 5 }), 'failed')
    const row = await reload(engine, job)
    assert.equal(row.state, 'failed')
    assert.match(row.error ?? '', /The printer is on fire/)
  })

  test('a job fails after as many attempts as receives, whatever messages brought them', async t => {
    const engine = await open(t, broken)
    const job = await recordJob(engine)
    const outcomes = []
    for (let n = 1; n <= 6; n += 1) outcomes.push(await perform(engine, first(job)))
    assert.deepEqual(outcomes, ['retry', 'retry', 'retry', 'retry', 'failed', 'busy'])
  })

  test('a job that has had its attempts before the limit was lowered runs once more and then fails', async t => {
    const engine = await open(t, broken)
    const job = await recordJob(engine)
    await perform(engine, first(job))
    await engine.database('jobs').update({ attempts: 9 })
    assert.equal(await perform(engine, first(job)), 'failed')
  })

  test('a message for no job is unknown', async t => {
    const engine = await open(t, done)
    assert.equal(await perform(engine, { job: 12345, receiveCount: 1 }), 'unknown')
  })

  test('a kind that this worker lacks is retried', async t => {
    const engine = await open(t, done)
    const job = await recordJob(engine)
    assert.equal(await perform({ ...engine, kinds: [] }, first(job)), 'retry')
    assert.match((await reload(engine, job)).error ?? '', /knows no kind "scripted"/)
  })

  test('progress is shown, and renews the lease', async t => {
    const engine = await open(t, async (_payload, tools) => {
      await expireSoon()
      await eventually(async () => {
        tools.job.progress(42)
        return (await reload(engine, job)).progress === 42
      })
      assert.ok(((await reload(engine, job)).lease_until ?? 0) > Date.now() + 20_000)
      return {}
    })
    const job = await recordJob(engine)
    const expireSoon = () =>
      engine
        .database('jobs')
        .where({ id: job.id })
        .update({ lease_until: Date.now() + 1000 })
    assert.equal(await perform(engine, first(job)), 'finished')
  })

  test('the signal tells the work that its lease is lost', async t => {
    const engine = await open(t, async (_payload, tools) => {
      await engine.database('jobs').update({ fencing_token: 9 })
      await eventually(() => {
        tools.job.progress(1)
        return tools.job.signal.aborted
      })
      return {}
    })
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'busy')
  })

  test('the operator sends a failed job back with all its attempts', async t => {
    const engine = await open(t, broken)
    const job = await recordJob(engine)
    await perform(engine, { job: job.id, receiveCount: 5 })
    assert.ok(await decisions.requeue(engine.database, await reload(engine, job)))
    const row = await reload(engine, job)
    assert.deepEqual([row.state, row.attempts, row.finished_at], ['waiting', 0, null])
    assert.equal(await decisions.requeue(engine.database, row), undefined, 'only a failed job')
    engine.kinds[0] = { ...engine.kinds[0], perform: done } as Kind
    assert.equal(await perform(engine, first(job)), 'finished')
  })
})
