import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { expire, openEngine, recordJob, reload, rewind } from '../../test/engine.ts'
import * as jobs from './job.ts'
import type { Kind } from './kind.ts'
import { RetryLater } from './outcome.ts'
import { perform } from './perform.ts'
import { resendAll, sweep } from './sweep.ts'

const first = (job: jobs.Job) => ({ job: job.id, receiveCount: 1 })
const file = { key: 'a.pdf', name: '請求書.pdf', bytes: 3 }
const done: Kind['perform'] = async () => ({ file, warnings: ['〓'] })

onBothDatabases(url => {
  const open = (t: TestContext, work: Kind['perform']) => openEngine(t, url(), work)

  test('RetryLater beyond the longest delay of SQS is left to the sweep', async t => {
    const engine = await open(t, async () => {
      throw new RetryLater(3600, 'The daily quota is used up.')
    })
    const job = await recordJob(engine)
    await perform(engine, first(job))
    assert.deepEqual(await sweep(engine), { sent: 0, released: 0, failed: 0 })
    assert.equal(await engine.queue.depth(), 0)
    await engine.database('jobs').update({ run_at: Date.now() - 1, queued_at: Date.now() - 10_000 })
    assert.equal((await sweep(engine)).sent, 1)
    assert.ok((await reload(engine, job)).sqs_message_id)
  })

  test('the sweep sends a job whose message was never sent', async t => {
    const engine = await open(t, done)
    const job = await recordJob(engine)
    assert.equal((await sweep(engine)).sent, 0, 'its web tier may still be about to')
    await rewind(engine, job, 6000)
    assert.equal((await sweep(engine)).sent, 1)
    assert.ok((await reload(engine, job)).sqs_message_id)
    assert.equal(await engine.queue.depth(), 1)
    assert.equal((await sweep(engine)).sent, 0, 'once is enough')
  })

  test('the sweep sends a lost message again when the queue is empty, and waits when it is not', async t => {
    const engine = await open(t, done)
    const job = await recordJob(engine)
    await jobs.sent(engine.database, job, 'lost')
    await rewind(engine, job, 180_000)
    await engine.queue.send(999_999)
    assert.equal((await sweep(engine)).sent, 0, 'its message may be behind the others')
    await rewind(engine, job, 3_700_000)
    assert.equal((await sweep(engine)).sent, 1)
  })

  test('the sweep releases a job whose worker died, and fails it after its last attempt', async t => {
    const engine = await open(t, done)
    const job = await recordJob(engine)
    await jobs.claim(engine.database, job)
    assert.deepEqual(await sweep(engine), { sent: 0, released: 0, failed: 0 }, 'the lease is alive')
    await expire(engine, job)
    assert.deepEqual(await sweep(engine), { sent: 0, released: 1, failed: 0 })
    assert.equal((await reload(engine, job)).state, 'retrying')
    await engine.database('jobs').update({ attempts: 4 })
    await jobs.claim(engine.database, await reload(engine, job))
    await expire(engine, job)
    assert.deepEqual(await sweep(engine), { sent: 0, released: 0, failed: 1 })
    assert.match((await reload(engine, job)).error ?? '', /worker died/)
  })

  test('after the queue has forgotten everything, every unfinished job is sent again', async t => {
    const engine = await open(t, done)
    const running = await recordJob(engine)
    await jobs.claim(engine.database, running)
    await recordJob(engine)
    await perform(engine, first(await recordJob(engine)))
    assert.equal(await resendAll(engine), 2)
    assert.equal(await engine.queue.depth(), 2)
  })
})
