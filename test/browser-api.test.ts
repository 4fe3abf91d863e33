import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPage, picture } from './browser.ts'
import { openLine } from './line.ts'
import { needs } from './needs.ts'

const skip = needs('chromium')

test('the documentation of the API is read on a phone, by its contents and its examples', {
  skip
}, async t => {
  const { webUrl } = await openLine(t)
  const { page, complaints } = await openPage(t)
  await page.goto(`${webUrl}/api/docs`)
  await page.getByRole('link', { name: '請求書の注文' }).click()
  const invoice = page.getByRole('region', { name: '請求書の注文' })
  assert.ok(await invoice.getByRole('table', { name: '項目' }).isVisible())
  await invoice.getByText('例', { exact: true }).click()
  assert.ok(await invoice.getByText('"issuedOn": "2026-11-23"').isVisible())
  await picture(page, 'api-ja')
  const widest = await page.evaluate('document.documentElement.scrollWidth')
  assert.ok(Number(widest) <= 390, `${widest} px`)
  await page.getByRole('link', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Order: Invoice', exact: true }).waitFor()
  await picture(page, 'api-en')
  assert.deepEqual(complaints, [])
})
