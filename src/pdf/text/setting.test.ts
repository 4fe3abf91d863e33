import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fontOf } from '../font/fonts.ts'
import { type Manner, type Setting, type Style, set, setText, textOf, widthOf } from './setting.ts'

const style: Style = { size: 10 }
const spaced = (text: string) => set([{ text, style }], { isSpaced: true })
const whole = (setting: Setting) => textOf(setting, 0, setting.length)
const facesOf = ({ faces, length }: Setting) =>
  [...faces.subarray(0, length)].map(face => fontOf(face).name.split('-')[0])

/** After which characters there is more room than their own. */
function gapsIn(text: string, manner: Manner = { isSpaced: true }) {
  const [close, apart] = [setText(text, style), set([{ text, style }], manner)]
  return [...text]
    .filter((_, at) => (apart.widths[at] as number) > (close.widths[at] as number) + 1e-6)
    .join('')
}

test('each character has its code, and the width that its font gives it', () => {
  const { codes, widths, length } = setText('豆A𠮷', style)
  assert.equal(length, 3)
  assert.deepEqual([...codes.subarray(0, 3)], [0x8c46, 0x41, 0x20bb7])
  assert.equal(widths[0], 10)
  assert.ok((widths[1] as number) > 5 && (widths[1] as number) < 8)
})

test('a quarter of an em is between Japanese and Latin, on both sides', () => {
  assert.ok(Math.abs(widthOf(spaced('豆A豆')) - widthOf(setText('豆A豆', style)) - 5) < 1e-4)
  assert.equal(gapsIn('第3版のPDFを'), '第3のF')
  assert.equal(gapsIn('カナabcひら々z'), 'ナc々')
  assert.equal(gapsIn('𠮷A'), '𠮷')
  assert.equal(gapsIn('豆A豆', {}), '')
})

test('signs, spaces and full-width letters keep no distance', () => {
  for (const text of [
    '豆、A',
    '「A」',
    '豆 A 豆',
    '豆(A)',
    '豆-豆',
    '豆・A',
    'Ａ豆',
    '豆Ａ',
    '100%豆',
    '豆\nA',
    'ﾊﾞA'
  ])
    assert.equal(gapsIn(text), '', text)
})

test('the distance is that of the size before it', () => {
  const spans = [
    { text: '豆', style: { size: 40 } },
    { text: 'A豆', style }
  ]
  const [close, apart] = [set(spans), set(spans, { isSpaced: true })]
  const extra = [0, 1].map(at => (apart.widths[at] as number) - (close.widths[at] as number))
  assert.ok(
    Math.abs((extra[0] as number) - 10) < 1e-4 && Math.abs((extra[1] as number) - 2.5) < 1e-4
  )
})

test('styles run on to where they end', () => {
  const bold: Style = { size: 12, weight: 'bold' }
  const setting = set([
    { text: 'a豆', style },
    { text: '𠮷', style: bold },
    { text: '', style }
  ])
  assert.deepEqual(
    setting.runs.map(({ end }) => end),
    [2, 3, 3]
  )
  assert.equal(fontOf(setting.faces[2] as number).isBold, true)
  assert.equal(setting.widths[2], 12)
})

test('what one font lacks comes from the next', () => {
  assert.deepEqual(facesOf(setText('豆≒😀', style)), ['NotoSansJP', 'BIZUDPGothic', 'NotoEmoji'])
})

test('what none has is 〓, and is told', () => {
  const setting = setText('豆مz\u{10fffd}', style)
  assert.equal(whole(setting), '豆〓z〓')
  assert.deepEqual([...setting.missing], ['م', '\u{10fffd}'])
})

test('a selector chooses a form of its character, if the font has it', () => {
  const plain = setText('葛', style)
  const chosen = setText('葛\u{e0100}', style)
  assert.equal(chosen.length, 1)
  assert.notEqual(chosen.cids[0], plain.cids[0])
  assert.equal(whole(chosen), '葛\u{e0100}')
  assert.equal(whole(setText('葛\u{e01ee}豆', style)), '葛豆')
  assert.equal(whole(setText('\u{e0100}豆\ufe0f\ufe00', style)), '豆')
})

test('what has no form on paper is left out', () => {
  const nothing =
    '\u200d\u200b\u2060\u00ad\u202e\ud800\ufeff\u0000\u0007\u007f\u0085\u{e0041}\u{1f3fd}\u20e3'
  const setting = setText(`a${nothing}b`, style)
  assert.equal(whole(setting), 'ab')
  assert.deepEqual([...setting.missing], [])
})

test('all widths of space are the ordinary one, but the ideographic and the no-break one', () => {
  assert.equal(whole(setText('a\u2003b\tc\u2028d\u3000e\u00a0f', style)), 'a b c d\u3000e\u00a0f')
})

test('line feeds stay, without width', () => {
  const setting = setText('a\n豆', style)
  assert.deepEqual([...setting.codes.subarray(0, 3)], [0x61, 10, 0x8c46])
  assert.equal(setting.widths[1], 0)
})

test('widths of parts add up', () => {
  const setting = setText('請求書 No. 1', style)
  assert.ok(Math.abs(widthOf(setting, 0, 4) + widthOf(setting, 4) - widthOf(setting)) < 1e-6)
})
