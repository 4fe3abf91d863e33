import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Mark, openPainter } from './paint.ts'
import { type Colour, type Style, set, setText } from './text/setting.ts'
import type { Use } from './use.ts'

function painted(...marks: Mark[]) {
  const use: Use = []
  const painter = openPainter(800, use)
  for (const mark of marks) painter.mark(mark)
  return {
    operators: painter
      .content()
      .toString()
      .replace(/<[0-9a-f]+>/g, '<…>')
      .split('\n'),
    use
  }
}

const place = { x: 50, y: 100, spacing: 0 }
const red = '#ff0000' as Colour
const text = (letters: string, style: Style): Mark => {
  const setting = setText(letters, style)
  return { kind: 'text', ...place, setting, start: 0, end: setting.length }
}

test('text is placed from the bottom, in its font, size and colour', () => {
  assert.deepEqual(painted(text('豆A', { size: 9.5, colour: red })).operators, [
    'BT',
    '1 0 0 1 50 700 Tm',
    '1 0 0 rg',
    '/F0 9.5 Tf',
    '<…>Tj',
    'ET'
  ])
})

test('font, size and colours are told only where they change', () => {
  const plain = { size: 9 }
  const { operators } = painted(
    text('一', plain),
    text('二', plain),
    text('三', { size: 9, colour: red }),
    text('四', { size: 10, colour: red }),
    text('五', { size: 10, weight: 'bold', colour: red }),
    text('六', plain)
  )
  const changes = operators.filter(operator => !/^(BT|ET|.*Tm)$/.test(operator))
  assert.deepEqual(changes, [
    '0 0 0 rg',
    '/F0 9 Tf',
    '<…>Tj',
    '<…>Tj',
    '1 0 0 rg',
    '<…>Tj',
    '/F0 10 Tf',
    '<…>Tj',
    '/F1 10 Tf',
    '<…>Tj',
    '0 0 0 rg',
    '/F0 9 Tf',
    '<…>Tj'
  ])
})

test('characters of other fonts and styles follow in the same line', () => {
  const spans = [
    { text: '豆≒', style: { size: 9 } },
    { text: '豆', style: { size: 9, colour: red } }
  ]
  const setting = set(spans)
  const { operators, use } = painted({ kind: 'text', ...place, setting, start: 0, end: 3 })
  assert.deepEqual(operators.slice(2), [
    '0 0 0 rg',
    '/F0 9 Tf',
    '<…>Tj',
    '/F2 9 Tf',
    '<…>Tj',
    '1 0 0 rg',
    '/F0 9 Tf',
    '<…>Tj',
    'ET'
  ])
  const counts = [0, 1, 2].map(face => use[face]?.cids.length ?? 0)
  assert.deepEqual(counts, [1, 0, 1])
})

test('room between characters is made by moving on, in thousandths of an em', () => {
  const setting = set([{ text: '豆A豆', style: { size: 8 } }], { isSpaced: true })
  const { operators } = painted({ kind: 'text', ...place, setting, start: 0, end: 3 })
  assert.equal(operators.at(-2), '[<…>-250<…>-250<…>]TJ')
})

test('only the part that is asked for is shown', () => {
  const setting = setText('一二三四', { size: 8 })
  const { use } = painted({ kind: 'text', ...place, setting, start: 1, end: 3 })
  assert.deepEqual(use[0]?.cids, [...setting.cids.subarray(1, 3)])
})

test('rules and boxes have their colours, widths and corners', () => {
  const rule: Extract<Mark, { kind: 'line' }> = {
    kind: 'line',
    x1: 10,
    y1: 20,
    x2: 30.125,
    y2: 20,
    width: 0.5,
    colour: red
  }
  const box: Mark = {
    kind: 'boxes',
    boxes: [{ x: 10, y: 20, width: 5, height: 6 }],
    colour: '#808080'
  }
  assert.deepEqual(painted(rule, rule, box, { ...rule, width: 1 }).operators, [
    '1 0 0 RG',
    '0.5 w',
    '10 780 m',
    '30.13 780 l',
    'S',
    '10 780 m',
    '30.13 780 l',
    'S',
    '0.502 0.502 0.502 rg',
    '10 774 5 6 re',
    'f',
    '1 w',
    '10 780 m',
    '30.13 780 l',
    'S'
  ])
})

test('a picture fills its box', () => {
  const image: Mark = { kind: 'image', name: 'I0', x: 10, y: 20, width: 30, height: 40 }
  assert.deepEqual(painted(image).operators, ['q', '30 0 0 40 10 740 cm', '/I0 Do', 'Q'])
})
