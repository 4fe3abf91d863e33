import assert from 'node:assert/strict'
import { test } from 'node:test'
import { record } from '../src/queue/record.ts'
import { hasNoSidewaysScroll, openPage, picture } from './browser.ts'
import { openLine } from './line.ts'
import { needs } from './needs.ts'

const skip = needs('chromium')
const error = 'Error: ENOENT: no such file or directory, open fonts/NotoSansJP_400Regular.ttf'

test('the operator reads the dashboard on a phone, and discards a job in two steps', {
  skip
}, async t => {
  const { line, webUrl } = await openLine(t)
  const { job } = await record(line.database, {
    kind: 'invoice',
    payload: '{}',
    payload_hash: 'x',
    idempotency_key: null,
    email: 'hanako@example.jp',
    language: 'ja'
  })
  await line.database('jobs').update({ state: 'failed', attempts: 5, error })
  const { page } = await openPage(t, { httpCredentials: { username: 'x', password: 'local' } })
  await page.goto(`${webUrl}/dashboard/jobs/?state=failed`)
  await picture(page, 'dashboard')
  assert.ok(await hasNoSidewaysScroll(page))
  const cause = await page.getByText(error).boundingBox()
  assert.ok(cause && cause.width > 150, 'words, not letters under one another')

  const [retry, discard] = await Promise.all(
    [page.getByRole('button', { name: '再実行' }), page.getByText('破棄…', { exact: true })].map(
      b => b.boundingBox()
    )
  )
  assert.ok(retry && discard && discard.x - (retry.x + retry.width) >= 10, 'space between them')
  await page.getByText('破棄…', { exact: true }).click()
  await picture(page, 'dashboard-confirm')
  await page.getByRole('button', { name: '破棄' }).click()
  await page.getByText(`ジョブ ${job.id}：破棄しました。`).waitFor()
  assert.match(page.url(), /state=failed/)
})
