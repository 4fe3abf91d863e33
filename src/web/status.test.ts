import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openEngine } from '../../test/engine.ts'
import { openFolder, order, post, statusOf } from '../../test/line.ts'
import { kinds } from '../jobs/index.ts'
import { closePool } from '../pdf/pool.ts'
import { perform } from '../queue/perform.ts'
import type { State } from '../queue/state.ts'
import { buildWeb } from './app.ts'

after(closePool)

/** A finished job, and ways to change and to see it; no tick comes to change it as well. */
async function openJob(t: TestContext) {
  const engine = await openEngine(t, 'sqlite::memory:', async () => ({}), `file:${openFolder(t)}`)
  Object.assign(engine.config, { API_KEYS: 'local', OPERATOR_PASSWORD: 'local' })
  const line = { ...engine, kinds }
  const web = await buildWeb(line)
  t.after(() => web.close())
  const webUrl = await web.listen({ host: '127.0.0.1', port: 0 })
  engine.config.PUBLIC_URL = webUrl
  const { body } = await post(webUrl, order())
  assert.equal(await perform(line, { job: body.id, receiveCount: 1 }), 'finished')
  const status = () => statusOf(webUrl, body.token)
  const change = (columns: object) => line.database('jobs').update(columns)
  const page = async (language: string) => (await fetch(`${body.url}?lang=${language}`)).text()
  const authorization = `Basic ${Buffer.from('x:local').toString('base64')}`
  const dashboard = async () =>
    (await fetch(`${webUrl}/dashboard/jobs/?lang=en`, { headers: { authorization } })).text()
  return { line, change, page, dashboard, fileUrl: String((await status()).file?.url), status }
}

test('an expired job says one thing, on its page, in the API and for its file', async t => {
  const { change, page, fileUrl, status } = await openJob(t)
  // Thirty days later it is November in Japan, and not yet elsewhere.
  await change({ finished_at: Date.UTC(2020, 9, 1, 20) })
  const ja = await page('ja')
  assert.ok(ja.includes('ダウンロードの期限（2020年11月1日）'))
  assert.ok(!ja.includes('ダウンロードできます') && !ja.includes('/file"'))
  assert.ok(ja.includes('href="/new/invoice"'))
  assert.ok((await page('en')).includes('The file was available until November 1, 2020.'))
  assert.equal((await fetch(fileUrl)).status, 410)
  assert.equal((await status()).file?.url, null)
})

test('a job that came to nothing offers to order again', async t => {
  const { change, page } = await openJob(t)
  for (const state of ['failed', 'discarded', 'cancelled'] satisfies State[]) {
    await change({ state })
    assert.match(await page('en'), /href="\/new\/invoice">Order again</, state)
  }
})

test('a job that ran out of time says so, in the language of whoever looks', async t => {
  const { line, change, page } = await openJob(t)
  const hasty = kinds.map(kind => ({ ...kind, deadlineSeconds: 3600 }))
  const waiting_at = Date.now() - 3_600_001
  await change({ state: 'waiting', waiting_at, file_key: null, file_name: null, file_bytes: null })
  const { id } = await line.database('jobs').first()
  const delivery = { job: id, receiveCount: 1 }
  assert.equal(await perform({ ...line, kinds: hasty }, delivery), 'overdue')
  assert.ok((await page('ja')).includes('期限までに作成できませんでした'))
  const en = await page('en')
  assert.ok(en.includes('it could not be made in time'))
  assert.match(en, /href="\/new\/invoice">Order again</)
})

test('a finished job without a file promises none', async t => {
  const { change, page } = await openJob(t)
  await change({ file_key: null, file_name: null, file_bytes: null })
  const en = await page('en')
  assert.ok(en.includes('It is done.') && !en.includes('Download'))
})

test('a file that is missing from storage has a page that says so', async t => {
  const { line, fileUrl } = await openJob(t)
  const job = await line.database('jobs').first()
  await rm(fileURLToPath(await line.storage.link({ key: job.file_key, name: job.file_name })))
  const response = await fetch(fileUrl, { headers: { 'accept-language': 'ja' } })
  assert.equal(response.status, 404)
  assert.ok((await response.text()).includes('ファイルが見つかりません'))
})

test('a job that waits for its time says until when, on its page and on the dashboard', async t => {
  const { change, page, dashboard } = await openJob(t)
  const run_at = Date.UTC(2126, 10, 23, 20, 5, 9)
  for (const state of ['waiting', 'retrying'] satisfies State[]) {
    await change({ state, run_at })
    for (const shown of [await page('en'), await dashboard()])
      assert.ok(shown.includes('Waits until 2126-11-24 05:05 (JST)'), state)
    assert.ok((await page('ja')).includes('2126-11-24 05:05（日本時間）まで待ちます'))
  }
  await change({ run_at: Date.now() + 60_000 })
  assert.match(await page('en'), /Waits until \S+ \d\d:\d\d:\d\d \(JST\)/)
  await change({ run_at: Date.now() })
  assert.ok(!(await page('en')).includes('Waits until'))
  await change({ run_at, state: 'failed' })
  assert.ok(!(await page('en')).includes('Waits until'))
})

test('the progress bar shows no number before there is progress', async t => {
  const { change, page } = await openJob(t)
  await change({ state: 'running', progress: 0 })
  assert.match(await page('en'), /<progress max="100" aria-label/)
  await change({ progress: 40 })
  assert.match(await page('en'), /<progress max="100" value="40"/)
})

test('a page of a job is kept nowhere, and its file by its owner only, as what it is', async t => {
  const { fileUrl } = await openJob(t)
  const page = await fetch(fileUrl.replace(/\/file$/, ''))
  assert.equal(page.headers.get('cache-control'), 'no-store')
  const { headers } = await fetch(fileUrl)
  assert.equal(headers.get('cache-control'), 'private')
  assert.equal(headers.get('content-type'), 'application/pdf')
  assert.match(String(headers.get('content-disposition')), /^attachment;/)
})
