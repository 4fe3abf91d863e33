import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { pino } from 'pino'
import { onBothDatabases } from '../../test/databases.ts'
import { type Engine, expire, openEngine, recordJob, reload, rewind } from '../../test/engine.ts'
import { startAws } from '../local/aws.ts'
import * as jobs from './job.ts'
import type { Kind } from './kind.ts'
import * as messages from './message.ts'
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
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const job = await recordJob(engine)
    await rewind(engine, job, 5000)
    assert.equal((await sweep(engine)).sent, 0, 'its web tier may still be about to')
    await rewind(engine, job, 5001)
    assert.equal((await sweep(engine)).sent, 1)
    assert.ok((await reload(engine, job)).sqs_message_id)
    assert.equal(await engine.queue.depth(), 1)
    assert.equal((await sweep(engine)).sent, 0, 'once is enough')
  })

  test('the sweep sends a lost message again when the queue is empty, and waits when it is not', async t => {
    const engine = await open(t, done)
    const job = await recordJob(engine)
    await messages.sent(engine.database, job, 'lost')
    await rewind(engine, job, 180_000)
    await engine.queue.send(999_999)
    assert.equal((await sweep(engine)).sent, 0, 'its message may be behind the others')
    await rewind(engine, job, 3_700_000)
    assert.equal((await sweep(engine)).sent, 1)
  })

  test('the sweep releases a job whose worker died, and fails it when that has happened three times', async t => {
    const said: string[] = []
    const write = (line: string) => void said.push(line)
    const engine = { ...(await open(t, done)), log: pino({ level: 'warn' }, { write }) }
    const job = await recordJob(engine)
    await jobs.claim(engine.database, job)
    assert.deepEqual(await sweep(engine), { sent: 0, released: 0, failed: 0 }, 'the lease is alive')
    await expire(engine, job)
    assert.deepEqual(await sweep(engine), { sent: 0, released: 1, failed: 0 })
    assert.equal((await reload(engine, job)).state, 'retrying')
    assert.equal(await engine.queue.depth(), 1, 'sent at once')
    await jobs.claim(engine.database, await reload(engine, job))
    await expire(engine, job)
    await jobs.claim(engine.database, await reload(engine, job))
    await expire(engine, job)
    assert.equal(await perform(engine, first(job)), 'busy', 'it has killed enough workers')
    assert.deepEqual(await sweep(engine), { sent: 0, released: 0, failed: 1 })
    const { error, deaths, attempts } = await reload(engine, job)
    assert.match(error ?? '', /worker died .* 3 times/)
    assert.deepEqual([deaths, attempts], [3, 3])
    const [released, failed] = said.map(line => JSON.parse(line))
    assert.match(released.msg, /job released; its worker died/)
    assert.match(failed.msg, /job failed; 3 workers died/)
    assert.deepEqual([failed.job, failed.attempt, failed.level], [job.id, 3, 50])
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

  test('a lost message is found although the tick of the sweep is in flight', async t => {
    const engine = await open(t, done)
    await lose(engine, await recordJob(engine))
    await receive(engine, 'a tick')
    assert.equal((await sweep(engine)).sent, 1)
  })

  test('a job whose message is in flight is not sent again', async t => {
    const engine = await open(t, done)
    const job = await recordJob(engine)
    await receive(engine, 'a tick')
    await receive(engine, JSON.stringify({ job: job.id }))
    await lose(engine, job)
    assert.equal((await sweep(engine)).sent, 0)
    await jobs.claim(engine.database, await recordJob(engine))
    const kinds = engine.kinds.map(kind => ({ ...kind, attemptSeconds: 601 }))
    assert.equal((await sweep({ ...engine, kinds })).sent, 0, 'that of a long job in work is gone')
    assert.equal((await sweep(engine)).sent, 1, 'that in flight is of the job in work')
  })

  test('a lost message is found although other jobs wait for their time', async t => {
    const engine = await open(t, async () => {
      throw new RetryLater(60, 'SES is throttling.')
    })
    await perform(engine, first(await recordJob(engine)))
    await lose(engine, await recordJob(engine))
    assert.equal((await sweep(engine)).sent, 1)
  })

  test('a job that is not due is sent by no sweep and no restart', async t => {
    const engine = await open(t, done)
    const job = await recordJob(engine)
    await lose(engine, job)
    await engine.database('jobs').update({ run_at: Date.now() + 3_600_000, state: 'retrying' })
    assert.equal((await sweep(engine)).sent, 0)
    assert.equal(await resendAll(engine), 0)
    await engine.database('jobs').update({ run_at: Date.now() + 60_000 })
    assert.equal(await resendAll(engine), 1)
    assert.deepEqual(await engine.queue.counts(), { visible: 0, inFlight: 0, delayed: 1 })
    const { queued_at } = await reload(engine, job)
    assert.ok(queued_at > Date.now() + 50_000, 'it is on the queue from when it is visible')
  })

  test('of many sweeps at once exactly one sends a job', async t => {
    const engine = await open(t, done)
    for (let n = 0; n < 12; n += 1) await rewind(engine, await recordJob(engine), 6000)
    const swept = await Promise.all(Array.from({ length: 4 }, () => sweep(engine)))
    assert.equal(
      swept.map(({ sent }) => sent).reduce((a, b) => a + b),
      12
    )
    assert.equal(await engine.queue.depth(), 12)
    const rows = await engine.database('jobs').distinct('sqs_message_id')
    assert.equal(rows.filter(({ sqs_message_id }) => sqs_message_id).length, 12)
  })

  test('a worker that has renewed its lease meanwhile keeps its job', async t => {
    const engine = await open(t, done)
    const job = await recordJob(engine)
    const attempt = (await jobs.claim(engine.database, job)) as jobs.Job
    await expire(engine, job)
    const seen = await reload(engine, job)
    assert.ok(await jobs.renew(engine.database, attempt))
    for (const state of ['retrying', 'failed'] as const)
      assert.equal(await jobs.abandon(engine.database, seen, state, 'dead'), false)
    assert.ok(await jobs.finish(engine.database, attempt, {}))
  })

  test('a job released while SQS is down is sent by the next sweep', async t => {
    const engine = await open(t, done)
    const job = await recordJob(engine)
    await engine.queue.send(job.id)
    await messages.sent(engine.database, job, 'used up')
    await jobs.claim(engine.database, await reload(engine, job))
    await expire(engine, job)
    await engine.aws.close()
    assert.deepEqual(await sweep(engine), { sent: 0, released: 1, failed: 0 })
    assert.equal((await reload(engine, job)).sqs_message_id, null)
    await rewind(engine, job, 6000)
    const aws = await startAws(Number(new URL(engine.aws.endpoint).port), 5)
    t.after(() => aws.close())
    assert.deepEqual(await sweep(engine), { sent: 1, released: 0, failed: 0 })
  })
})

/** As if its message had been sent three minutes ago and got lost. */
async function lose(engine: Engine, job: jobs.Job) {
  await messages.sent(engine.database, job, 'lost')
  await rewind(engine, job, 180_000)
}

/** Puts a message on the queue and takes it, as sqsd does for as long as the worker is at it. */
async function receive({ aws: { sqs, queueUrl: QueueUrl } }: Engine, MessageBody: string) {
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))
  await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
}
