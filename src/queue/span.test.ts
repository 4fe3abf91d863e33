import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { type Engine, openEngine, order, recordJob, rewind } from '../../test/engine.ts'
import { isTraceparent } from '../trace/traceparent.ts'
import { startTracing } from '../trace.ts'
import { enqueue } from './enqueue.ts'
import { sweep } from './sweep.ts'

const nowhere = {
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
  OTEL_TRACES_SAMPLER_ARG: '1'
}

async function open(t: TestContext, settings = nowhere) {
  const tracing = await startTracing(settings, 'test', { warn() {} })
  t.after(() => tracing.stop())
  return await openEngine(t, 'sqlite::memory:', async () => ({}))
}

/** What is on the queue, as sqsd asks for it. */
async function messagesOf({ aws, underway }: Engine) {
  await underway.ended()
  const query = { QueueUrl: aws.queueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }
  const { Messages = [] } = await aws.sqs.send(new ReceiveMessageCommand(query))
  return Messages.map(({ Body = '', MessageAttributes }) => ({
    body: JSON.parse(Body),
    names: Object.keys(MessageAttributes ?? {}),
    traceparent: MessageAttributes?.['Traceparent']?.StringValue ?? ''
  }))
}

test('without traces a message carries the id of its job and nothing else', async t => {
  const engine = await open(t, { ...nowhere, OTEL_EXPORTER_OTLP_ENDPOINT: '' })
  const { job } = await enqueue(engine, order)
  await rewind(engine, await recordJob(engine), 6000)
  await sweep(engine)
  const messages = await messagesOf(engine)
  assert.equal(messages.length, 2)
  for (const { names, body } of messages) {
    assert.deepEqual(names, [])
    assert.deepEqual(Object.keys(body), ['job'])
  }
  assert.ok(messages.some(({ body }) => body.job === job.id))
})

test('with traces it carries beside that the span of its sending, by a name without "_"', async t => {
  const engine = await open(t)
  const { job } = await enqueue(engine, order)
  const [message] = await messagesOf(engine)
  assert.deepEqual(message?.body, { job: job.id })
  assert.deepEqual(message?.names, ['Traceparent'])
  assert.ok(isTraceparent(message?.traceparent ?? ''))
})

test('what the sweep sends in one call has a trace of its own each', async t => {
  const engine = await open(t)
  for (const word of ['one', 'two', 'three'])
    await rewind(engine, await recordJob(engine, word), 6000)
  await sweep(engine)
  const messages = await messagesOf(engine)
  const traces = messages.map(({ traceparent }) => traceparent.split('-')[1])
  assert.equal(new Set(traces).size, 3)
})

test('a trace that is not kept goes on as one that is not kept', async t => {
  const engine = await open(t, { ...nowhere, OTEL_TRACES_SAMPLER_ARG: '0' })
  await enqueue(engine, order)
  const [message] = await messagesOf(engine)
  assert.match(message?.traceparent ?? '', /-00$/)
})
