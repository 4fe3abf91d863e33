import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eventually, openEngine } from '../../test/engine.ts'
import { openLine, order, post, settled } from '../../test/line.ts'
import { scrape, seriesIn } from '../../test/metrics.ts'
import { buildWeb } from '../web/app.ts'
import { buildWorker } from '../worker/app.ts'

async function openTiers(t: TestContext, METRICS_TOKEN: string) {
  const engine = await openEngine(t, 'sqlite::memory:', async () => ({}))
  const line = { ...engine, config: { ...engine.config, METRICS_TOKEN } }
  const tiers = [await buildWeb(line), buildWorker(line)]
  t.after(async () => {
    for (const tier of tiers) await tier.close()
  })
  const urls: string[] = []
  for (const tier of tiers) urls.push(await tier.listen({ host: '127.0.0.1', port: 0 }))
  return { engine, urls }
}

test('the metrics of both tiers are closed until METRICS_TOKEN is set', async t => {
  const { urls } = await openTiers(t, '')
  for (const url of urls)
    for (const token of ['', 'undefined']) assert.equal((await scrape(url, token)).status, 404)
})

test('the metrics of both tiers open with the token and with nothing else', async t => {
  const { urls } = await openTiers(t, 'secret')
  for (const url of urls) {
    for (const token of ['', 'secre', 'secrets', 'SECRET'])
      assert.equal((await scrape(url, token)).status, 401)
    assert.equal((await fetch(`${url}/metrics?token=secret`)).status, 401)
    const { status, type, text } = await scrape(url, 'secret')
    assert.equal(status, 200)
    assert.match(String(type), /^text\/plain; version=0\.0\.4/)
    assert.equal(seriesIn(text, 'beanline_database_up'), 1)
    assert.ok(Number(seriesIn(text, 'process_cpu_seconds_total')) > 0)
  }
})

test('an order, its attempt, its mail and its answers are counted where they happen', async t => {
  const { webUrl, workerUrl } = await openLine(t)
  const { text: before } = await scrape(webUrl)
  const { body } = await post(webUrl, order())
  await settled(webUrl, body.token)
  const grown = async (series: string) => {
    const { text: after } = await scrape(workerUrl)
    return (seriesIn(after, series) ?? 0) - (seriesIn(before, series) ?? 0)
  }
  // The page may say that it is finished before sqsd has heard so.
  for (const series of [
    'beanline_orders_total{kind="invoice"}',
    'beanline_job_moves_total{kind="invoice",move="claimed"}',
    'beanline_job_moves_total{kind="invoice",move="finished"}',
    'beanline_job_attempts_total{kind="invoice",outcome="finished"}',
    'beanline_job_work_seconds_count{kind="invoice"}',
    'beanline_job_waiting_seconds_count{kind="invoice"}',
    'beanline_deliveries_total{outcome="finished"}',
    'beanline_mails_total{outcome="sent"}',
    'beanline_sqs_calls_total{call="SendMessage",outcome="done"}',
    'beanline_http_requests_total{tier="web",method="POST",route="/api/jobs/invoice",status="202"}',
    'beanline_http_requests_total{tier="worker",method="POST",route="/",status="200"}'
  ])
    assert.equal(await eventually(() => grown(series)), 1, series)
})

test('no label has an id, a token or an address in it', async t => {
  const { webUrl } = await openLine(t)
  const { body } = await post(webUrl, order())
  await settled(webUrl, body.token)
  for (const path of [`/jobs/${body.token}`, '/nowhere/at-all', '/%E0'])
    await (await fetch(webUrl + path)).text()
  const { text } = await scrape(webUrl)
  for (const word of [body.token, 'nowhere', 'example.jp']) assert.ok(!text.includes(word), word)
  assert.ok(text.includes('route="/jobs/:token"') && text.includes('route="none"'))
})

test('without a database the gauges are missing, and what was counted is told', async t => {
  const { engine, urls } = await openTiers(t, 'secret')
  await engine.database.destroy()
  for (const url of urls) {
    const { status, text } = await scrape(url, 'secret')
    assert.equal(status, 200)
    assert.equal(seriesIn(text, 'beanline_database_up'), 0)
    assert.equal(seriesIn(text, 'beanline_jobs{state="waiting"}'), undefined)
    assert.equal(seriesIn(text, 'beanline_oldest_waiting_seconds'), undefined)
    assert.equal(seriesIn(text, 'beanline_queue_messages{state="visible"}'), 0)
    assert.match(text, /^beanline_http_requests_total\{/m)
  }
})
