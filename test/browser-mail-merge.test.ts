import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { fieldOf, hasNoSidewaysScroll, openPage, picture } from './browser.ts'
import { openLine } from './line.ts'
import { needs } from './needs.ts'
import { csvOf, manyRows, rowOf, template } from './orders.ts'

const skip = needs('chromium')

async function choose(page: Page, csv: string) {
  const file = { name: '注文_11月.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }
  await page.getByLabel('CSVファイル').setInputFiles(file)
}

async function fillTemplate(page: Page) {
  for (const name of ['issuedOn', 'transactionOn', 'dueOn'] as const)
    await fieldOf(page, name).fill(template[name])
  for (const name of ['name', 'registrationNumber', 'address'] as const)
    await fieldOf(page, `issuer.${name}`).fill(template.issuer[name])
  await page.getByLabel('メールアドレス').fill('hanako@example.jp')
}

const nextButton = (page: Page) => page.getByRole('button', { name: '次へ：列を確認する' })
const createButton = (page: Page) => page.getByRole('button', { name: 'この内容で作成する' })

for (const javaScript of [true, false]) {
  const how = javaScript ? 'with' : 'without'

  test(`a person on a phone makes invoices from a CSV file ${how} JavaScript`, {
    skip
  }, async t => {
    const line = await openLine(t)
    const { page, complaints } = await openPage(t, { javaScriptEnabled: javaScript })
    await page.goto(line.webUrl)
    await page.getByRole('link', { name: '請求書の一括作成' }).click()
    await picture(page, `merge-first-${how}`)
    assert.equal(await page.getByLabel('メールアドレス').count(), 0)
    await choose(page, csvOf([...manyRows(3), rowOf(4, { quantity: '三' })]))
    await nextButton(page).click()

    await page.getByText('4行あります。どの列が何かをご確認ください。').waitFor()
    assert.equal(await fieldOf(page, 'columns.recipientName').inputValue(), '宛名')
    assert.equal(await fieldOf(page, 'columns.unitPrice').inputValue(), '単価')
    assert.equal(await fieldOf(page, 'columns.note').inputValue(), '')
    assert.ok(await hasNoSidewaysScroll(page))
    await picture(page, `merge-second-${how}`)
    await fillTemplate(page)
    await createButton(page).click()

    await page.getByRole('alert').waitFor()
    await page.getByText('エラーのある行が1行、作成できる行が3行あります。').first().waitFor()
    await page.getByText('5行目「数量」：0.001から999,999までの数').first().waitFor()
    assert.equal(await fieldOf(page, 'issuer.name').inputValue(), template.issuer.name)
    assert.ok(await hasNoSidewaysScroll(page))
    await picture(page, `merge-errors-${how}`)
    await fieldOf(page, 'onErrors').selectOption('skip')
    await fieldOf(page, 'output').selectOption('both')
    await createButton(page).click()

    await page.waitForURL(/\/jobs\/[0-9a-f]{32}$/)
    await page.getByText('請求書_2026-11-30.zip').waitFor()
    await page.getByText('エラーのある1行をとばしました。').waitFor()
    await picture(page, `merge-status-${how}`)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'ZIPをダウンロード' }).click()
    ])
    assert.equal(download.suggestedFilename(), '請求書_2026-11-30.zip')
    assert.deepEqual(
      complaints.filter(text => !text.includes('422')),
      []
    )
  })
}

test('another file is looked at again, and what was typed stays', { skip }, async t => {
  const { webUrl } = await openLine(t)
  const { page } = await openPage(t)
  await page.goto(`${webUrl}/new/mail-merge`)
  await nextButton(page).click()
  await page.getByText('ファイルを選んでください。').first().waitFor()
  await choose(page, csvOf(manyRows(2)))
  await nextButton(page).click()
  await page.getByText('2行あります。').waitFor()
  await fillTemplate(page)
  await choose(page, csvOf(manyRows(5)).replace('摘要', '商品名'))
  await createButton(page).click()
  await page.getByText('5行あります。').waitFor()
  assert.equal(await fieldOf(page, 'columns.description').inputValue(), '商品名')
  assert.equal(await fieldOf(page, 'issuer.name').inputValue(), template.issuer.name)
  assert.equal(await page.getByLabel('メールアドレス').inputValue(), 'hanako@example.jp')
  await createButton(page).click()
  await page.waitForURL(/\/jobs\/[0-9a-f]{32}$/)
})

test('an Excel workbook is refused with what to do about it', { skip }, async t => {
  const { webUrl } = await openLine(t)
  const { page } = await openPage(t)
  await page.goto(`${webUrl}/new/mail-merge`)
  await choose(page, 'PK\u0003\u0004')
  await nextButton(page).click()
  await page.getByText('これはExcelのブックです。').first().waitFor()
  assert.ok(await nextButton(page).isVisible())
})
