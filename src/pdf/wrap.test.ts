import assert from 'node:assert/strict'
import { test } from 'node:test'
import { widthOf } from './run.ts'
import { wrap } from './wrap.ts'

const measure = (text: string) => widthOf(text, 10, 'regular')
const notFirst = /^[、。，．」』）】ー々っゃゅょッャュョ！？％:;,.)]/
const notLast = /[「『（【([¥$]$/

test('Japanese is broken between characters, at the width', () => {
  assert.deepEqual(wrap('あいうえおかきくけこ', 40, measure), ['あいうえ', 'おかきく', 'けこ'])
})

test('what may not begin a line takes the character before it along', () => {
  assert.deepEqual(wrap('あいうえ、おか', 40, measure), ['あいう', 'え、おか'])
  assert.deepEqual(wrap('あいうキャッ', 40, measure), ['あいう', 'キャッ'])
})

test('what may not end a line moves to the next', () => {
  assert.deepEqual(wrap('あいう「えお」', 40, measure), ['あいう', '「えお」'])
})

test('words, numbers and amounts stay whole when a line can hold them', () => {
  assert.deepEqual(wrap('合計 ¥1,234,567 です', 60, measure), ['合計', '¥1,234,567', 'です'])
  for (const line of wrap('see https://example.jp/a/b/c for more information', 120, measure))
    assert.ok(measure(line) <= 120, line)
})

test('line ends as typed are kept, and empty lines too', () => {
  assert.deepEqual(wrap('あ\n\nい', 40, measure), ['あ', '', 'い'])
})

test('no line is too wide or breaks the rules, and no text is lost, whatever it is', () => {
  const alphabet = 'あア漢、。「」（）ー々っッ aB3,.%¥$!？…―〜ｱ😀葛'
  let seed = 7
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  const characters = [...alphabet]
  for (let n = 0; n < 500; n += 1) {
    const text = Array.from(
      { length: random(120) },
      () => characters[random(characters.length)]
    ).join('')
    const width = 60 + random(200)
    const lines = wrap(text, width, measure)
    assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''))
    for (const line of lines) assert.ok(measure(line) <= width + 0.001, `${line} in ${width}`)
  }
})

test('ordinary sentences follow the rules at any width', () => {
  const text =
    '株式会社まめや（東京）は、「お振込手数料」をご負担いただきますよう、お願いいたします！ご不明な点は？ショップへ。'
  for (let width = 60; width < 400; width += 7)
    for (const line of wrap(text, width, measure)) {
      assert.doesNotMatch(line, notFirst, `${width}: ${line}`)
      assert.doesNotMatch(line, notLast, `${width}: ${line}`)
    }
})

test('a very long line takes no long time', () => {
  const lines = wrap('あ'.repeat(20_000), 500, measure)
  assert.equal(lines.length, 400)
})
