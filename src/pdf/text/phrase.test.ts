import assert from 'node:assert/strict'
import { test } from 'node:test'
import { balancedLines } from './phrase.ts'
import { setText, textOf } from './setting.ts'

test('titles are broken between phrases, into lines of about the same width', () => {
  const lines = (text: string, width: number) => {
    const setting = setText(text, { size: 10 })
    return balancedLines(setting, width).map(({ start, end }) => textOf(setting, start, end))
  }
  const title = '2026年度上期 焙煎工程の改善に関する報告書'
  assert.deepEqual(lines(title, 157), ['2026年度上期 焙煎工程の', '改善に関する報告書'])
  assert.deepEqual(lines('豆', 157), ['豆'])
  assert.deepEqual(lines('珈琲豆焙煎工程改善報告書', 60), ['珈琲豆焙煎工', '程改善報告書'])
  const name = '株式会社ムーンライト・インターナショナル・トレーディング 東京営業所 御中'
  assert.deepEqual(lines(name, 190), [
    '株式会社ムーンライト・',
    'インターナショナル・',
    'トレーディング 東京営業所 御中'
  ])
  assert.deepEqual(lines('The improvement of roasting', 90), ['The improvement', 'of roasting'])
})
