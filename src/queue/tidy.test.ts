import assert from 'node:assert/strict'
import { test } from 'node:test'
import Type from 'typebox'
import { tidy } from './tidy.ts'

const Line = Type.Object({ price: Type.Integer() })
const priceOf = (typed: string) => (tidy(Line, { price: typed }) as { price?: unknown }).price

test('numbers are understood as people type them', () => {
  const typed = {
    '1200': 1200,
    '１，２００': 1200,
    '¥1,200': 1200,
    '1200円': 1200,
    '.5': 0.5,
    '+3': 3
  }
  for (const [text, value] of Object.entries(typed)) assert.equal(priceOf(text), value, text)
  for (const text of ['-1,200', '△1200', '▲１２００', '−1200', '-¥1200', '△ 1,200円'])
    assert.equal(priceOf(text), -1200, text)
  assert.equal(priceOf(' '), undefined)
})

test('a field of invisible characters only is left out, as a blank one is', () => {
  const Party = Type.Object({
    name: Type.String(),
    address: Type.String({ multiline: true }),
    code: Type.String({ narrow: true })
  })
  for (const text of [' ', '\u200d\ufe0f', '\u{e0100}', '\u3000\n\u200d'])
    assert.deepEqual(tidy(Party, { name: text, address: text, code: text }), {})
})

test('what could be another number stays as it was typed, for the check to refuse', () => {
  for (const text of [
    '1,2',
    '1 5',
    '1円5',
    '1\\5',
    '12,34,567',
    ',5',
    '1.',
    '-',
    '¥',
    '1e3',
    '0x10'
  ])
    assert.equal(priceOf(text), text)
})
