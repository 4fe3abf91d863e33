import assert from 'node:assert/strict'
import { test } from 'node:test'
import { justify } from './justify.ts'
import { paragraphOf } from './line.ts'
import { set, setText, widthOf } from './setting.ts'

const style = { size: 10 }
const japanese =
  '焙煎とは、生豆に熱を加え、香りと味を引き出す作業をいいます。わずか10秒、わずか2℃のずれが、カップの中でははっきりした違いになります。'
const english =
  'In the first half of the year we recorded every roast, measured the moisture of the beans each morning, and tasted every day.'

function lines(text: string, width: number) {
  return justify(paragraphOf([{ text, style }], width, { isSpaced: true }), width)
}

for (const text of [japanese, english])
  test(`all lines but the last end at the same place: ${text.slice(0, 8)}`, () => {
    const all = lines(text, 203)
    assert.ok(all.length > 2)
    for (const { setting, start, end, width } of all.slice(0, -1)) {
      assert.equal(width, 203)
      assert.ok(Math.abs(widthOf(setting, start, end) - 203) < 0.01)
    }
    assert.ok((all.at(-1)?.width ?? 203) < 203)
  })

test('words are never spread, only what is between them', () => {
  const [line] = lines(english, 203)
  assert.ok(line)
  const natural = setText(english, style).widths
  for (let at = line.start; at < line.end - 1; at += 1)
    if (line.setting.codes[at] !== 0x20) assert.equal(line.setting.widths[at], natural[at])
})

test('a line that would have holes, or that a person has broken, stays as it is', () => {
  const [hole] = lines('あい supercalifragilisticexpialidocious', 160)
  assert.ok(hole && hole.width < 40)
  const [broken] = lines('豆と\n水と火', 100)
  assert.equal(broken?.width, 20)
})

test('the quarter of an em at the end of a line is taken back', () => {
  const [line] = lines('豆豆豆豆abc豆豆豆豆', 42.5)
  assert.equal(line?.end, 4)
  assert.equal(line.setting.widths[3], 10)
  assert.ok(Math.abs(widthOf(line.setting, 0, 4) - 42.5) < 0.01)
})

test('brackets and full stops that follow each other are closed up', () => {
  const widthIn = (text: string) => widthOf(set([{ text, style }], { isSpaced: true }))
  assert.equal(widthIn('」（'), 15)
  assert.equal(widthIn('。」'), 15)
  assert.equal(widthIn('「（'), 15)
  assert.equal(widthIn('（豆）、「水」。'), 65)
  assert.equal(widthIn('豆「水'), 30)
  assert.equal(widthIn('。豆'), 20)
})
