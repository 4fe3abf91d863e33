import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { chromium, type Page } from 'playwright-core'
import { openLine } from './line.ts'
import { needs, programPath } from './needs.ts'

const phone = { width: 390, height: 844 }
const skip = needs('chromium')

async function openPage(t: TestContext, javaScriptEnabled: boolean) {
  const browser = await chromium.launch({
    executablePath: programPath('chromium') as string,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync']
  })
  t.after(() => browser.close())
  const context = await browser.newContext({ javaScriptEnabled, locale: 'ja-JP', viewport: phone })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
  return { page, complaints }
}

/** Keeps a picture of the page when SCREENSHOTS names a folder to look into. */
async function picture(page: Page, name: string) {
  const folder = process.env['SCREENSHOTS']
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  for (const [size, width] of [
    ['phone', 390],
    ['desk', 1200]
  ] as const) {
    await page.setViewportSize({ width, height: 844 })
    await page.screenshot({ path: join(folder, `${name}-${size}.png`), fullPage: true })
  }
  await page.setViewportSize(phone)
}

async function fillIn(page: Page) {
  const fields: [string, string][] = [
    ['請求書番号', '2026-001'],
    ['発行日', '2026-11-23'],
    ['取引年月日', '2026-11-20'],
    ['宛名', '髙﨑商店'],
    ['会社名・氏名', '株式会社まめや珈琲'],
    ['登録番号', 'T9234567890123'],
    ['メールアドレス', 'hanako@example.jp']
  ]
  for (const [label, value] of fields) await page.getByLabel(label, { exact: true }).fill(value)
  await page.locator('[name="issuer.address"]').fill('東京都渋谷区神宮前一丁目2番3号')
  await fillLine(page, 0, 'エチオピア 生豆 20kg')
}

async function fillLine(page: Page, index: number, description: string) {
  await page.locator(`[name="lines.${index}.description"]`).fill(description)
  await page.locator(`[name="lines.${index}.quantity"]`).fill('2')
  await page.locator(`[name="lines.${index}.unitPrice"]`).fill('28,400')
}

const hasNoSidewaysScroll = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')

for (const javaScript of [true, false]) {
  const how = javaScript ? 'with' : 'without'

  test(`a person on a phone gets an invoice ${how} JavaScript`, { skip }, async t => {
    const line = await openLine(t)
    const { page, complaints } = await openPage(t, javaScript)
    await page.goto(line.webUrl)
    await picture(page, `home-${how}`)
    await page.getByRole('link', { name: '請求書' }).click()
    await fillIn(page)
    await page.getByRole('button', { name: '行を追加' }).click()
    await page.locator('[name="lines.3.description"]').waitFor()
    assert.equal(await page.getByRole('group', { name: /行目/ }).count(), 4)
    await page.getByRole('button', { name: '3行目を削除' }).click()
    await page.locator('[name="lines.3.description"]').waitFor({ state: 'detached' })
    await fillLine(page, 1, '焙煎機 定期点検')
    assert.equal(await page.getByLabel('宛名').inputValue(), '髙﨑商店')
    await picture(page, `form-${how}`)
    assert.ok(await hasNoSidewaysScroll(page))
    await page.getByRole('button', { name: 'この内容で作成する' }).click()

    await page.waitForURL(/\/jobs\/[0-9a-f]{32}$/)
    await page.getByText('完了').first().waitFor({ timeout: 20_000 })
    await picture(page, `status-${how}`)
    assert.ok(await page.getByText('請求書_2026-001.pdf').isVisible())
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'ダウンロード' }).click()
    ])
    assert.equal(download.suggestedFilename(), '請求書_2026-001.pdf')

    await page.goto(line.mailboxUrl)
    await page.getByRole('heading', { name: '請求書 2026-001 ができました' }).waitFor()
    await picture(page, `mailbox-${how}`)
    assert.deepEqual(complaints, [])
  })

  test(`errors stand beside their fields ${how} JavaScript, and nothing is lost`, {
    skip
  }, async t => {
    const line = await openLine(t)
    const { page, complaints } = await openPage(t, javaScript)
    await page.goto(`${line.webUrl}/new/invoice`)
    await fillIn(page)
    await page.getByLabel('登録番号').fill('T12')
    await page.getByLabel('メールアドレス').press('Enter')
    await page.getByRole('alert').waitFor()
    await picture(page, `errors-${how}`)
    const wrong = page.getByLabel('登録番号')
    assert.equal(await wrong.getAttribute('aria-invalid'), 'true')
    const id = String(await wrong.getAttribute('aria-describedby'))
      .split(' ')
      .at(-1)
    assert.equal(await page.locator(`#${id}`).textContent(), '登録番号は「T」と13桁の数字です。')
    assert.equal(await wrong.inputValue(), 'T12')
    assert.equal(
      await page.locator('[name="lines.0.description"]').inputValue(),
      'エチオピア 生豆 20kg'
    )
    assert.ok(await hasNoSidewaysScroll(page))
    await wrong.fill('T9234567890123')
    await page.getByRole('button', { name: 'この内容で作成する' }).click()
    await page.waitForURL(/\/jobs\//)
    assert.deepEqual(
      complaints.filter(text => !text.includes('422')),
      []
    )
  })
}
