import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { SendMessageCommand } from '@aws-sdk/client-sqs'
import * as messages from '../src/queue/message.ts'
import { startSqsd } from '../src/sqsd/daemon.ts'
import { buildWorker } from '../src/worker/app.ts'
import { type Engine, eventually, openEngine, recordJob, reload, rewind } from './engine.ts'

/** A worker tier with its daemon, which has no ticks of its own. */
async function openWorker(t: TestContext) {
  const engine = await openEngine(t, 'sqlite::memory:', async () => ({}))
  const worker = buildWorker(engine)
  const httpUrl = await worker.listen({ host: '127.0.0.1', port: 0 })
  const settings = { queueUrl: engine.aws.queueUrl, httpUrl, waitTimeSeconds: 1 }
  const sqsd = await startSqsd(settings, { sqs: engine.aws.sqs, log: () => {} })
  t.after(() => worker.close())
  t.after(() => sqsd.stop())
  return engine
}

/** What sqsd puts on the queue each minute. */
async function tick({ aws: { sqs, queueUrl: QueueUrl } }: Engine) {
  const string = (StringValue: string) => ({ DataType: 'String', StringValue })
  const MessageAttributes = {
    'beanstalk.sqsd.path': string('/cron/sweep'),
    'beanstalk.sqsd.task_name': string('sweep'),
    'beanstalk.sqsd.scheduled_time': string(new Date().toISOString())
  }
  const MessageBody = 'elasticbeanstalk scheduled job'
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageAttributes }))
}

test('a tick that comes through the queue finds a lost message after two minutes', async t => {
  const engine = await openWorker(t)
  const job = await recordJob(engine)
  await messages.sent(engine.database, job, 'lost')
  await rewind(engine, job, 121_000)
  await tick(engine)
  await eventually(async () => (await reload(engine, job)).state === 'finished')
})

test('a job remembers the message that its worker was given', async t => {
  const engine = await openWorker(t)
  const job = await recordJob(engine)
  const messageId = await engine.queue.send(job.id)
  await eventually(async () => (await reload(engine, job)).state === 'finished')
  assert.equal((await reload(engine, job)).sqs_message_id, messageId)
})
