import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openLine, order, post, settled, statusOf } from '../../test/line.ts'
import type { State } from '../queue/state.ts'

/** A finished job, and ways to change and to see it. */
async function openJob(t: TestContext) {
  const { line, webUrl } = await openLine(t)
  const { body } = await post(webUrl, order())
  const { file } = await settled(webUrl, body.token)
  const change = (columns: object) => line.database('jobs').update(columns)
  const page = async (language: string) => (await fetch(`${body.url}?lang=${language}`)).text()
  const authorization = `Basic ${Buffer.from('x:local').toString('base64')}`
  const dashboard = async () =>
    (await fetch(`${webUrl}/dashboard/?lang=en`, { headers: { authorization } })).text()
  return {
    line,
    change,
    page,
    dashboard,
    fileUrl: String(file?.url),
    status: () => statusOf(webUrl, body.token)
  }
}

const monthAgo = () => Date.now() - 31 * 24 * 3600 * 1000

test('an expired job says one thing, on its page, in the API and for its file', async t => {
  const { change, page, fileUrl, status } = await openJob(t)
  await change({ finished_at: monthAgo() })
  const ja = await page('ja')
  assert.ok(ja.includes('ダウンロードの期限（'))
  assert.ok(!ja.includes('ダウンロードできます') && !ja.includes('/file"'))
  assert.ok(ja.includes('href="/new/invoice"'))
  assert.match(await page('en'), /The file was available until .*, 2026\./)
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
