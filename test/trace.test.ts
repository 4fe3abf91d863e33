import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { pino } from 'pino'
import { readLocalConfig } from '../src/config.ts'
import { startLine } from '../src/local/line.ts'
import { openCollector, type Span } from './collector.ts'
import { eventually, mails } from './engine.ts'
import { openFolder, order, post, settled } from './line.ts'

const report = {
  title: '月次報告',
  text: '# はじめに\n\n本文。',
  email: 'hanako@example.jp',
  language: 'ja'
}

/** The whole line with our real sqsd in it, and its traces on. */
async function openTraced(t: TestContext, OTEL_EXPORTER_OTLP_ENDPOINT: string) {
  const ports = { PORT: '0', WORKER_PORT: '0', MAILBOX_PORT: '0', AWS_PORT: '0' }
  const config = readLocalConfig({
    ...ports,
    DATA_DIR: openFolder(t),
    OTEL_EXPORTER_OTLP_ENDPOINT
  })
  const line = await startLine(config, pino({ level: 'silent' }))
  t.after(() => line.close())
  return line
}

/** A form that a person sends; gives the token of the job. */
async function send(webUrl: string) {
  const init = { method: 'POST', body: new URLSearchParams(report), redirect: 'manual' as const }
  const { status, headers } = await fetch(`${webUrl}/new/report`, init)
  assert.equal(status, 303)
  return headers.get('location')?.split('/').at(-1) ?? ''
}

/** The names from a span up to the beginning of its trace. */
function wayTo(spans: Span[], name: string): string[] {
  const way: string[] = []
  let span = spans.find(one => one.name === name)
  while (span) {
    way.unshift(span.name)
    const { parentSpanId } = span
    span = spans.find(({ spanId }) => spanId === parentSpanId)
  }
  return way
}

test('one trace leads from the form, through SQS and sqsd, to the mail', async t => {
  const collector = await openCollector(t)
  const line = await openTraced(t, collector.url)
  const token = await send(line.webUrl)
  assert.equal((await settled(line.webUrl, token)).state, 'finished')
  await eventually(async () => (await mails(line)).length === 1)
  await line.close()

  const { spans } = collector
  const all = ['POST /new/:kind', 'send job', 'process job', 'attempt report']
  assert.deepEqual(wayTo(spans, 'mail.send'), [...all, 'mail.send'])
  assert.deepEqual(wayTo(spans, 'storage.put'), [...all, 'storage.put'])
  assert.deepEqual(wayTo(spans, 'record job'), [all[0], 'record job'])
  const requests = spans.filter(({ name }) => name.includes(' /'))
  assert.equal(requests.length, 1, 'pages that are only looked at are not traced')
  const mail = spans.find(({ name }) => name === 'mail.send') as Span
  const trace = spans.filter(({ traceId }) => traceId === mail.traceId)
  assert.equal(trace.length, 7)

  const told = (name: string) => trace.find(span => span.name === name)?.attributes ?? {}
  const messageId = told('send job')['messaging.message.id']
  assert.equal(told('process job')['messaging.message.id'], messageId)
  assert.equal(told('process job')['messaging.system'], 'aws_sqs')
  assert.equal(Number(told('process job')['http.response.status_code']), 200)
  assert.equal(Number(told('POST /new/:kind')['http.response.status_code']), 303)
  assert.equal(told('attempt report')['beanline.outcome'], 'finished')
  assert.equal(mail.service, 'beanline')
  assert.doesNotMatch(JSON.stringify(spans), /hanako|月次報告/)
  assert.ok(!JSON.stringify(spans).includes(token))
})

test('orders of the same moment that share a call to SQS have a trace each', async t => {
  const collector = await openCollector(t)
  const line = await openTraced(t, collector.url)
  const numbers = ['1', '2', '3', '4', '5', '6']
  const orders = await Promise.all(numbers.map(number => post(line.webUrl, order({ number }))))
  for (const { body } of orders) await settled(line.webUrl, body.token)
  await line.close()
  const sent = collector.spans.filter(({ name }) => name === 'mail.send')
  assert.equal(new Set(sent.map(({ traceId }) => traceId)).size, 6)
  assert.ok(
    sent.every(({ traceId }) => wayOf(collector.spans, traceId) === 'POST /api/jobs/invoice')
  )
})

/** Where a trace begins. */
function wayOf(spans: Span[], traceId: string) {
  return spans.find(span => span.traceId === traceId && !span.parentSpanId)?.name
}

test('a retry begins a trace of its own, with a link to the attempt that has sent it', async t => {
  const collector = await openCollector(t)
  const line = await openTraced(t, collector.url)
  const body = JSON.stringify({ name: 'Throttling' })
  const headers = { 'content-type': 'application/json' }
  await fetch(`${line.mailboxUrl}/faults`, { method: 'POST', body, headers })
  const { body: job } = await post(line.webUrl, order())
  await settled(line.webUrl, job.token, ['finished'])
  await line.close()
  const { spans } = collector
  const [first, second] = spans.filter(({ name }) => name === 'attempt invoice') as [Span, Span]
  assert.notEqual(first.traceId, second.traceId)
  assert.equal(first.attributes['beanline.outcome'], 'retry later')
  const again = spans.find(span => span.name === 'send job' && span.traceId === second.traceId)
  assert.deepEqual(
    again?.links.map(({ spanId }) => spanId),
    [first.spanId]
  )
})

test('without a collector nobody is told of anything', async t => {
  const collector = await openCollector(t)
  const line = await openTraced(t, '')
  await settled(line.webUrl, await send(line.webUrl))
  await line.close()
  assert.equal(collector.calls(), 0)
})

for (const [state, isSilent] of [
  ['dead', false],
  ['silent', true]
] as const)
  test(`a collector that is ${state} delays no job and no stop`, async t => {
    const { url } = isSilent ? await openCollector(t, true) : { url: 'http://127.0.0.1:1' }
    const line = await openTraced(t, url)
    const job = await settled(line.webUrl, await send(line.webUrl))
    assert.equal(job.state, 'finished')
    const began = performance.now()
    await line.close()
    assert.ok(performance.now() - began < 15_000)
  })
