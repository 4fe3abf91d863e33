import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldOf, hasNoSidewaysScroll, openPage, picture } from './browser.ts'
import { openCounter } from './counter.ts'
import { needs } from './needs.ts'

const skip = needs('chromium')
const file = (size: number) => ({
  name: '注文_2026年11月.csv',
  mimeType: 'text/csv',
  buffer: Buffer.alloc(size, 'a')
})

for (const javaScript of [true, false])
  test(`a person sends a file ${javaScript ? 'with' : 'without'} JavaScript, and no error loses it`, {
    skip
  }, async t => {
    const { webUrl, line } = await openCounter(t)
    const { page, complaints } = await openPage(t, { javaScriptEnabled: javaScript })
    await page.goto(`${webUrl}/new/counter`)
    await picture(page, `upload-empty-${javaScript}`)
    await page.getByLabel('表').setInputFiles(file(120_000))
    await page.getByLabel('メールアドレス').fill('hanako@example.jp')
    await page.getByRole('button', { name: 'この内容で作成する' }).click()
    await page.getByText('受け取り済み: 注文_2026年11月.csv (120 KB)').waitFor()
    assert.ok(await hasNoSidewaysScroll(page))
    await picture(page, `upload-kept-${javaScript}`)
    await fieldOf(page, 'title').fill('豆')
    await page.getByRole('button', { name: 'この内容で作成する' }).click()
    await page.waitForURL(/\/jobs\/[0-9a-f]{32}$/)
    const { payload } = await line.database('jobs').first('payload')
    assert.equal(JSON.parse(payload).sheet.bytes, 120_000)
    assert.deepEqual(
      complaints.filter(text => !text.includes('422')),
      []
    )
  })

test('a file that is too large is refused before it is sent', { skip }, async t => {
  const { webUrl } = await openCounter(t)
  const { page, complaints } = await openPage(t)
  await page.goto(`${webUrl}/new/counter`)
  const input = page.getByLabel('表')
  await input.setInputFiles(file(200_001))
  await page.getByText('ファイルが大きすぎます。200 KB以内のファイルを選んでください。').waitFor()
  assert.equal(await input.inputValue(), '')
  await picture(page, 'upload-too-large')
  await input.setInputFiles(file(1000))
  assert.equal(await page.getByText('ファイルが大きすぎます').count(), 0)
  assert.deepEqual(complaints, [])
})

test('what was typed beside a file is there again on the way back', { skip }, async t => {
  const { webUrl } = await openCounter(t)
  const { page, complaints } = await openPage(t)
  await page.goto(`${webUrl}/new/counter`)
  await fieldOf(page, 'title').fill('豆')
  await page.getByLabel('表').setInputFiles(file(1000))
  await page.goto(webUrl)
  await page.goBack()
  assert.equal(await fieldOf(page, 'title').inputValue(), '豆')
  await page.reload()
  assert.equal(await fieldOf(page, 'title').inputValue(), '豆')
  assert.deepEqual(complaints, [])
})
