import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldOf, fillIn, fillLine, hasNoSidewaysScroll, openPage, picture } from './browser.ts'
import { openLine } from './line.ts'
import { needs } from './needs.ts'

const skip = needs('chromium')

for (const javaScript of [true, false]) {
  const how = javaScript ? 'with' : 'without'

  test(`a person on a phone gets an invoice ${how} JavaScript`, { skip }, async t => {
    const line = await openLine(t)
    const { page, complaints } = await openPage(t, { javaScriptEnabled: javaScript })
    await page.goto(line.webUrl)
    await picture(page, `home-${how}`)
    await page.getByRole('link', { name: '請求書', exact: true }).click()
    await fillIn(page)
    for (const index of [1, 2]) {
      await page.getByRole('button', { name: '行を追加' }).click()
      await fieldOf(page, `lines.${index}.description`).waitFor()
    }
    assert.equal(await page.getByRole('group', { name: /行目/ }).count(), 3)
    await page.getByRole('button', { name: '2行目を削除' }).click()
    await fieldOf(page, 'lines.2.description').waitFor({ state: 'detached' })
    await fillLine(page, 1, '焙煎機 定期点検')
    assert.equal(await page.getByLabel('宛名').inputValue(), '髙﨑商店')
    await picture(page, `form-${how}`)
    assert.ok(await hasNoSidewaysScroll(page))
    await page.getByRole('button', { name: 'この内容で作成する' }).click()

    await page.waitForURL(/\/jobs\/[0-9a-f]{32}$/)
    await page.getByText('完了').first().waitFor()
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
    const { page, complaints } = await openPage(t, { javaScriptEnabled: javaScript })
    await page.goto(`${line.webUrl}/new/invoice`)
    await fillIn(page)
    await fieldOf(page, 'issuer.registrationNumber').fill('T12')
    await page.getByLabel('メールアドレス').press('Enter')
    await page.getByRole('alert').waitFor()
    assert.equal(await page.evaluate('document.activeElement.className'), 'problems')
    await picture(page, `errors-${how}`)
    const wrong = fieldOf(page, 'issuer.registrationNumber')
    assert.equal(await wrong.getAttribute('aria-invalid'), 'true')
    const id = String(await wrong.getAttribute('aria-describedby'))
      .split(' ')
      .at(-1)
    assert.equal(await page.locator(`#${id}`).textContent(), '登録番号は「T」と13桁の数字です。')
    assert.equal(await wrong.inputValue(), 'T12')
    assert.equal(await fieldOf(page, 'lines.0.description').inputValue(), 'エチオピア 生豆 20kg')
    assert.ok(await hasNoSidewaysScroll(page))
    await wrong.fill('T9234567890123')
    await page.getByRole('button', { name: 'この内容で作成する' }).click()
    await page.waitForURL(/\/jobs\//)
    assert.deepEqual(
      complaints.filter(text => !text.includes('422')),
      []
    )
  })

  test(`switching the language ${how} JavaScript keeps what was typed`, { skip }, async t => {
    const line = await openLine(t)
    const { page } = await openPage(t, { javaScriptEnabled: javaScript })
    await page.goto(`${line.webUrl}/new/invoice`)
    await fillIn(page)
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('button', { name: 'Create invoice' }).waitFor()
    assert.equal(await fieldOf(page, 'recipient.name').inputValue(), '髙﨑商店')
    assert.equal(await fieldOf(page, 'lines.0.unitPrice').inputValue(), '28,400')
    await page.goto(line.webUrl)
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  })
}
