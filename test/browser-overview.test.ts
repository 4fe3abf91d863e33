import assert from 'node:assert/strict'
import { test } from 'node:test'
import { record } from '../src/queue/record.ts'
import { hasNoSidewaysScroll, openPage, picture } from './browser.ts'
import { eventually } from './engine.ts'
import { openLine } from './line.ts'
import { needs } from './needs.ts'

const skip = needs('chromium')
const httpCredentials = { username: 'x', password: 'local' }

test('the overview tells of a job that has just failed, and leaves focus and open tables where they are', {
  skip
}, async t => {
  const { line, webUrl } = await openLine(t)
  const { page, complaints } = await openPage(t, { httpCredentials, locale: 'en-US' })
  await page.goto(`${webUrl}/dashboard/`)
  await page.getByText('As a table').click()
  const link = page.getByRole('link', { name: /^Failed: 0/ })
  await link.focus()
  assert.ok(await hasNoSidewaysScroll(page))

  const order = { kind: 'invoice', payload: '{}', payload_hash: 'x', idempotency_key: null }
  await record(line.database, { ...order, email: 'hanako@example.jp', language: 'ja' })
  const finished_at = Date.now()
  await line.database('jobs').update({ state: 'failed', finished_at })
  await page.getByText('A job has failed in the last hour.').waitFor()
  await page.locator('table.figures').waitFor()
  const focused = page.locator('a:focus')
  assert.match((await focused.getAttribute('aria-label')) ?? '', /^Failed: 1/)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/dashboard\/jobs\/\?state=failed/)
  await page.goBack()
  // Another width shows another picture of the line.
  await picture(page, 'overview')
  assert.deepEqual(complaints, [])
})

test('the overview stands still while the operator wants it to, and says when it can’t be renewed', {
  skip
}, async t => {
  const { webUrl } = await openLine(t)
  const { page } = await openPage(t, { httpCredentials })
  await page.goto(`${webUrl}/dashboard/`)
  let asked = 0
  await page.route(/dashboard\/$/, route => {
    asked += 1
    return route.abort()
  })
  await page.getByText('更新できません。').waitFor()
  await page.getByRole('button', { name: '自動更新を止める' }).click()
  const before = asked
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
  assert.equal(asked, before)
  await page.getByRole('button', { name: '更新を再開' }).click()
  await eventually(() => asked > before)
})
