import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { type Engine, openEngine, recordJob, reload, rewind } from '../../test/engine.ts'
import * as jobs from './job.ts'
import * as messages from './message.ts'
import { sweep } from './sweep.ts'
import { runTick } from './tick.ts'

const open = (t: Parameters<typeof openEngine>[0]) =>
  openEngine(t, 'sqlite::memory:', async () => ({}))

/** A job whose message was sent so long ago and got lost. */
async function lose(engine: Engine, seconds: number) {
  const job = await recordJob(engine)
  await messages.sent(engine.database, job, 'lost')
  await rewind(engine, job, seconds * 1000)
  return job
}

test('a message is taken for lost after two minutes, for SQS counts late', async t => {
  const engine = await open(t)
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  await lose(engine, 120)
  assert.equal((await sweep(engine)).sent, 0)
  t.mock.timers.setTime(Date.now() + 1)
  assert.equal((await sweep(engine)).sent, 1)
})

test('a delayed message that belongs to no other job may be that of one that seems lost', async t => {
  const engine = await open(t)
  const job = await lose(engine, 180)
  await engine.queue.send(job.id, 60)
  assert.equal((await sweep(engine)).sent, 0)
})

test('a lost message is found although another task runs beside the sweep', async t => {
  const engine = await open(t)
  await lose(engine, 180)
  const { queueUrl: QueueUrl, sqs } = engine.aws
  for (const MessageBody of ['a tick', 'another'])
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))
  await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
  const scheduledAt = new Date()
  const runSweep = async () => {
    const work = () => sweep(engine)
    return await runTick(engine, { task: 'sweep', scheduledAt: new Date() }, work)
  }
  const sent = async () => (await engine.database('jobs').first('sqs_message_id')).sqs_message_id
  await runSweep()
  assert.equal(await sent(), 'lost', 'one of the two in flight may be its own')
  await runTick(engine, { task: 'mail-events', scheduledAt }, async () => {
    await runSweep()
    return {}
  })
  assert.notEqual(await sent(), 'lost')
})

test('a sweep ends when SQS takes nothing, and leaves the rest to the next', async t => {
  const engine = await open(t)
  for (let count = 0; count < 25; count += 1) await rewind(engine, await recordJob(engine), 6000)
  let calls = 0
  const sendBatch = async () => {
    calls += 1
    throw new Error('Service Unavailable')
  }
  assert.equal((await sweep({ ...engine, queue: { ...engine.queue, sendBatch } })).sent, 0)
  assert.equal(calls, 1)
  assert.equal(
    (await sweep(engine)).sent,
    15,
    'the ten that were tried come when they are due again'
  )
})

test('what SQS refuses of a batch has no message, and goes with the next sweep; the other batches go on', async t => {
  const engine = await open(t)
  for (let count = 0; count < 18; count += 1) await rewind(engine, await recordJob(engine), 6000)
  const sendBatch: Engine['queue']['sendBatch'] = async few => {
    const taken = await engine.queue.sendBatch(few.slice(0, 5))
    return few.map((_, index) => taken[index])
  }
  assert.equal((await sweep({ ...engine, queue: { ...engine.queue, sendBatch } })).sent, 10)
  const unsent = engine.database('jobs').whereNull('sqs_message_id')
  assert.equal((await unsent.clone()).length, 8)
  await unsent.clone().update({ queued_at: Date.now() - 6000 })
  assert.equal((await sweep(engine)).sent, 8)
})

test('a job that has begun meanwhile is put off by nobody', async t => {
  const engine = await open(t)
  const seen = await recordJob(engine)
  const claimed = await jobs.claim(engine.database, seen, 'its own')
  assert.equal(await messages.putOff(engine.database, seen, Date.now() + 60_000), false)
  const { run_at, sqs_message_id } = await reload(engine, seen)
  assert.deepEqual([run_at, sqs_message_id], [null, claimed?.sqs_message_id])
})
