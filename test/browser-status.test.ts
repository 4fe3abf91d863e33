import assert from 'node:assert/strict'
import { test } from 'node:test'
import { record } from '../src/queue/record.ts'
import { openPage } from './browser.ts'
import { openLine } from './line.ts'
import { needs } from './needs.ts'

const skip = needs('chromium')

test('the status page follows its job again after the web tier was away', { skip }, async t => {
  const { line, webUrl } = await openLine(t)
  const { job } = await record(line.database, {
    kind: 'invoice',
    payload: '{}',
    payload_hash: 'x',
    idempotency_key: null,
    email: 'hanako@example.jp',
    language: 'ja'
  })
  // Its message seems to be on the way, so that no sweep of this minute sends it.
  await line.database('jobs').update({ queued_at: Date.now() + 3_600_000 })
  const { page } = await openPage(t)
  await page.route('**/events*', route => route.fulfill({ status: 502 }), { times: 1 })
  const refused = page.waitForResponse(response => response.status() === 502)
  await page.goto(`${webUrl}/jobs/${job.token}`)
  await refused
  await line.database('jobs').update({ state: 'finished', finished_at: Date.now() })
  await page.getByText('完了', { exact: true }).waitFor()
  assert.match(await page.title(), /^完了: /)
})
