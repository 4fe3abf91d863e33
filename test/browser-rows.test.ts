import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { fieldOf, fillIn, fillLine, openPage, picture } from './browser.ts'
import { openLine } from './line.ts'
import { needs } from './needs.ts'

const skip = needs('chromium')
const addButton = (page: Page) => page.getByRole('button', { name: '行を追加' })
const rows = (page: Page) => page.getByRole('group', { name: /^\d+行目$/ })

test('rows come and go at once, and nothing typed in others is lost', { skip }, async t => {
  const { webUrl } = await openLine(t)
  const { page, complaints } = await openPage(t)
  await page.goto(`${webUrl}/new/invoice`)
  await page.route('**/new/invoice', route => route.abort())
  await fillLine(page, 0, '生豆')
  for (const _ of [1, 2]) await addButton(page).click()
  assert.equal(await rows(page).count(), 3)
  await fillLine(page, 1, '焙煎機')
  await fillLine(page, 2, '値引き')
  await page.getByRole('button', { name: '2行目を削除' }).dblclick()
  assert.equal(await rows(page).count(), 2)
  assert.equal(await fieldOf(page, 'lines.0.description').inputValue(), '生豆')
  assert.equal(await fieldOf(page, 'lines.1.description').inputValue(), '値引き')
  assert.equal(await page.getByLabel('単位').count(), 2)
  assert.deepEqual(complaints, [])
})

test('rows that were added are there again after a reload and on the way back', {
  skip
}, async t => {
  const { webUrl } = await openLine(t)
  const { page } = await openPage(t)
  const isKept = async () => {
    assert.equal(await fieldOf(page, 'lines.1.description').inputValue(), '焙煎機')
    assert.equal(await fieldOf(page, 'recipient.name').inputValue(), '髙﨑商店')
  }
  await page.goto(webUrl)
  await page.getByRole('link', { name: '請求書', exact: true }).click()
  await fillIn(page)
  await addButton(page).click()
  await fillLine(page, 1, '焙煎機')
  await page.reload()
  await isKept()
  await page.getByRole('button', { name: 'この内容で作成する' }).click()
  await page.waitForURL(/\/jobs\/[0-9a-f]{32}$/)
  const url = page.url()
  await page.goBack()
  await isKept()
  await page.getByRole('button', { name: 'この内容で作成する' }).click()
  await page.waitForURL(url)
  await page.goto(`${webUrl}/new/invoice`)
  assert.equal(await fieldOf(page, 'recipient.name').inputValue(), '', 'a new form is empty')
})

test('at 200 lines a sentence stands in the place of the button', { skip }, async t => {
  const { webUrl } = await openLine(t)
  const { page } = await openPage(t)
  await page.goto(`${webUrl}/new/invoice`)
  await addButton(page).evaluate((button: { click(): void }) => {
    for (let count = 1; count < 200; count += 1) button.click()
  })
  await page.getByText('明細は200行までです。').waitFor()
  assert.equal(await rows(page).count(), 200)
  assert.equal(await addButton(page).isVisible(), false)
  await page.getByRole('button', { name: '200行目を削除' }).click()
  assert.equal(await addButton(page).isVisible(), true)
  await picture(page, 'rows-many')
})

test('the tax rate is not clipped on a desk, in either language', { skip }, async t => {
  const { webUrl } = await openLine(t)
  const { page } = await openPage(t, { viewport: { width: 1280, height: 844 } })
  for (const language of ['ja', 'en']) {
    await page.goto(`${webUrl}/new/invoice?lang=${language}`)
    const choice = fieldOf(page, 'lines.0.taxRate')
    await choice.selectOption('8')
    await picture(page, `form-new-${language}`)
    const width = () => choice.evaluate((element: { offsetWidth: number }) => element.offsetWidth)
    const given = await width()
    await choice.evaluate((element: { style: { width: string } }) => {
      element.style.width = 'max-content'
    })
    assert.ok(given >= (await width()), `${language}: ${given} px, needs ${await width()}`)
  }
})
