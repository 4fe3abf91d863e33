import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasNoSidewaysScroll, openPage, picture } from './browser.ts'
import { recordJob } from './engine.ts'
import { openLine } from './line.ts'
import { needs } from './needs.ts'

const skip = needs('chromium')

test('an operator logs in without JavaScript, acts, sees it in the audit log, and logs out', {
  skip
}, async t => {
  const { line, webUrl } = await openLine(t)
  const job = await recordJob(line)
  await line.database('jobs').update({ state: 'failed', attempts: 5, error: 'Error: no ink' })
  const { page } = await openPage(t, { javaScriptEnabled: false })

  await page.goto(`${webUrl}/dashboard/jobs/?state=failed`)
  assert.match(page.url(), /\/dashboard\/login\?next=/)
  await picture(page, 'login')
  await page.getByLabel('お名前').fill('髙﨑 花子')
  await page.getByLabel('パスワード').fill('wrong')
  await page.getByRole('button', { name: 'ログイン' }).click()
  await page.getByRole('alert').getByText('パスワードが違います').waitFor()
  await picture(page, 'login-wrong')
  await page.getByLabel('パスワード').fill('local')
  await page.keyboard.press('Enter')
  await page.waitForURL(`${webUrl}/dashboard/jobs/?state=failed`)
  await picture(page, 'dashboard-operator')

  await page.getByText('破棄…', { exact: true }).click()
  await page.getByRole('button', { name: '破棄' }).click()
  await page.getByText(`ジョブ ${job.id}：破棄しました。`).waitFor()
  await page.getByRole('link', { name: '操作履歴' }).click()
  const entry = page.getByRole('row').filter({ hasText: '破棄' })
  assert.match(await entry.innerText(), /髙﨑 花子.*完了/s)
  assert.ok(await hasNoSidewaysScroll(page))
  await picture(page, 'audit')

  await page.getByRole('button', { name: 'ログアウト' }).click()
  await page.getByText('ログアウトしました。').waitFor()
  await page.goto(`${webUrl}/dashboard/actions`)
  assert.match(page.url(), /\/dashboard\/login\?next=/)
})

test('a viewer reads in English, without buttons', { skip }, async t => {
  const { line, webUrl } = await openLine(t)
  await recordJob(line)
  await line.database('jobs').update({ state: 'failed', attempts: 5, error: 'Error: no ink' })
  const { page } = await openPage(t, { locale: 'en-GB' })
  await page.goto(`${webUrl}/dashboard/`)
  await page.getByLabel('Your name').fill('Ann Müller')
  await page.getByLabel('Password').fill('look')
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByText('Ann Müller (viewer)').waitFor()
  await picture(page, 'dashboard-viewer')
  await page.goto(`${webUrl}/dashboard/jobs/?state=failed`)
  assert.deepEqual(await page.getByRole('button').allInnerTexts(), ['Log out', 'Show'])
})
