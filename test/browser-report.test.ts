import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fieldOf, hasNoSidewaysScroll, openPage, picture } from './browser.ts'
import { openLine } from './line.ts'
import { needs } from './needs.ts'
import { greyJpeg } from './picture.ts'

const skip = needs('chromium')
const text = '    四字下げたコード\n\n# 一\n\n- 豆\n\t- 水\n\n![曲線](図/焙煎曲線.jpg)'
const curve = { name: '焙煎曲線.jpg', mimeType: 'image/jpeg', buffer: greyJpeg() }

for (const javaScript of [true, false])
  test(`a person gets a report from what was typed ${javaScript ? 'with' : 'without'} JavaScript`, {
    skip
  }, async t => {
    const { webUrl, line } = await openLine(t)
    const { page, complaints } = await openPage(t, { javaScriptEnabled: javaScript })
    await page.goto(webUrl)
    await page.getByRole('link', { name: '報告書' }).click()
    await picture(page, `report-form-${javaScript}`)
    await fieldOf(page, 'text').fill(text)
    await page.getByLabel('画像3').setInputFiles(curve)
    await fieldOf(page, 'email').fill('hanako@example.jp')
    await page.getByRole('button', { name: 'この内容で作成する' }).click()
    await page.getByRole('alert').waitFor()
    assert.equal(await fieldOf(page, 'text').inputValue(), text)
    assert.ok(await page.getByText('受け取り済み: 焙煎曲線.jpg').isVisible())
    await fieldOf(page, 'title').fill('焙煎の報告')
    assert.ok(await hasNoSidewaysScroll(page))
    await picture(page, `report-errors-${javaScript}`)
    await page.getByRole('button', { name: 'この内容で作成する' }).click()
    await page.getByText('完了').first().waitFor()
    assert.ok(await page.getByText('焙煎の報告.pdf').isVisible())
    const { payload } = await line.database('jobs').first('payload')
    assert.equal(JSON.parse(payload).text, text)
    assert.equal(JSON.parse(payload).picture3.name, curve.name)
    assert.equal(await page.getByText('説明の文字').count(), 0)
    assert.deepEqual(
      complaints.filter(complaint => !complaint.includes('422')),
      []
    )
  })

test('a person gets a report from a file', { skip }, async t => {
  const { webUrl } = await openLine(t)
  const { page, complaints } = await openPage(t)
  await page.goto(`${webUrl}/new/report`)
  await fieldOf(page, 'title').fill('上期の報告')
  await fieldOf(page, 'email').fill('hanako@example.jp')
  const buffer = readFileSync(new URL('../examples/report.md', import.meta.url))
  await page
    .getByLabel('Markdownのファイル')
    .setInputFiles({ name: 'report.md', mimeType: 'text/markdown', buffer })
  await page.getByRole('button', { name: 'この内容で作成する' }).click()
  await page.getByText('完了').first().waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'ダウンロード' }).click()
  ])
  assert.equal(download.suggestedFilename(), '上期の報告.pdf')
  assert.ok(readFileSync(await download.path()).length > 100_000)
  assert.deepEqual(complaints, [])
})
