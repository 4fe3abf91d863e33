import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasNoSidewaysScroll, openPage, picture } from './browser.ts'
import { openLine, order, post, settled } from './line.ts'
import { needs } from './needs.ts'

const skip = needs('chromium')

test('a mail fits a phone, with links to the job that can be followed', { skip }, async t => {
  const { webUrl, mailboxUrl } = await openLine(t)
  const { body } = await post(webUrl, order({ number: 'R08-1123-'.repeat(4) }))
  await settled(webUrl, body.token)
  const { page } = await openPage(t)
  const warnings: string[] = []
  page.on('console', message => warnings.push(message.text()))
  await page.goto(mailboxUrl)
  await page.frameLocator('iframe').getByText('請求書を開く').waitFor()
  await picture(page, 'mailbox')
  assert.ok(await hasNoSidewaysScroll(page))
  assert.match(String(await page.locator('time').first().textContent()), / JST$/)
  assert.deepEqual(warnings, [])

  await page.goto(
    String(await page.locator('iframe').evaluate((frame: { src: string }) => frame.src))
  )
  await picture(page, 'mail')
  assert.ok(await hasNoSidewaysScroll(page))
  assert.equal(await page.getByRole('link', { name: body.url }).getAttribute('href'), body.url)
})
