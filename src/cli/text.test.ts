import assert from 'node:assert/strict'
import { test } from 'node:test'
import { table } from './table.ts'
import { cutTo, harmless, harmlessJson, widthOf } from './text.ts'

test('full-width characters take two columns, marks none', () => {
  assert.equal(widthOf('請求書.pdf'), 10)
  assert.equal(widthOf('ｶﾅ'), 2)
  assert.equal(widthOf('か\u3099'), 2)
  assert.equal(widthOf('𠮷野家'), 6)
  assert.equal(widthOf('葛\u{e0100}飾'), 4)
  assert.equal(widthOf('🫘'), 2)
  assert.equal(widthOf('résumé'), 6)
})

test('columns stand below each other, whatever is in them', () => {
  const drawn = table(
    ['NAME', 'STATE', 'NOTE'],
    [
      ['髙﨑商店', 'failed', 'a'],
      ['Ab', 'ok', '']
    ]
  )
  assert.equal(drawn, 'NAME      STATE   NOTE\n髙﨑商店  failed  a\nAb        ok')
})

test('a text is cut at a column, never in the middle of a character', () => {
  assert.equal(cutTo('請求書', 6), '請求書')
  assert.equal(cutTo('請求書です', 6), '請求…')
  assert.equal(cutTo('請求書です', 7), '請求書…')
})

test('nothing that is shown can move the cursor, paint, or turn a text round', () => {
  const nasty = 'a\u001b[2Jb\u009b31mc\rd\u202ee\u2066f\u0000g'
  assert.equal(harmless(nasty), 'a [2Jb 31mc d e f g')
  assert.equal(table(['X'], [['one\ntwo\u001b]0;title\u0007']]), 'X\none two ]0;title')
})

test('neither can JSON, which stays the same document', () => {
  const value = { error: 'a\u001b[2Jb\u009b31mc\u202ed\u007fe', 花: '豆\t\n"\\' }
  const text = harmlessJson(JSON.stringify(value, null, 2))
  assert.deepEqual(JSON.parse(text), value)
  assert.equal(harmless(text), text)
})
