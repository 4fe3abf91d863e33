import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cmapOf, format4, format12, format14 } from '../../../test/tiny-font.ts'
import { charactersOf } from './cmap.ts'

const read = (...subtables: number[][]) =>
  charactersOf(new DataView(Uint8Array.from(cmapOf(...subtables)).buffer)).map(
    ({ code, selector, glyph }) => [code, selector, glyph]
  )

test('segments give a glyph by addition, or by a list', () => {
  const segments = [
    { start: 0x41, end: 0x43, delta: -0x3c },
    { start: 0x61, end: 0x63, delta: 1, glyphs: [9, 0, 7] }
  ]
  assert.deepEqual(read(format4(segments)), [
    [0x41, 0, 5],
    [0x42, 0, 6],
    [0x43, 0, 7],
    [0x61, 0, 10],
    [0x63, 0, 8]
  ])
})

test('a segment that goes past the last glyph number begins at 0 again', () => {
  assert.deepEqual(read(format4([{ start: 0x8000, end: 0x8001, delta: 0x8001 }])), [
    [0x8000, 0, 1],
    [0x8001, 0, 2]
  ])
})

test('what is given glyph 0 is no character, nor is U+FFFF', () => {
  assert.deepEqual(read(format4([{ start: 5, end: 6, delta: -5 }])), [[6, 0, 1]])
  assert.deepEqual(read(format12([[7, 8, 0]])), [[8, 0, 1]])
})

test('groups reach into all planes; where there are any, segments are left aside', () => {
  const groups: [number, number, number][] = [
    [9, 9, 5],
    [0x1f600, 0x1f601, 3]
  ]
  assert.deepEqual(read(format4([{ start: 9, end: 9, delta: 0 }]), format12(groups)), [
    [9, 0, 5],
    [0x1f600, 0, 3],
    [0x1f601, 0, 4]
  ])
})

test('variants come after plain characters, sorted; those left as they are have the plain glyph', () => {
  const variants = format14([
    { selector: 0xe0101, other: [[0x845b, 42]] },
    { selector: 0xe0100, same: [[0x845b, 1]], other: [[0x8fbb, 44]] }
  ])
  const plain = format12([
    [0x845b, 0x845c, 5],
    [0x8fbb, 0x8fbb, 8]
  ])
  // Read after it, though it comes first.
  assert.deepEqual(read(variants, plain), [
    [0x845b, 0, 5],
    [0x845c, 0, 6],
    [0x8fbb, 0, 8],
    [0x845b, 0xe0100, 5],
    [0x845b, 0xe0101, 42],
    [0x845c, 0xe0100, 6],
    [0x8fbb, 0xe0100, 44]
  ])
})

test('a font that lists characters in another way is refused', () => {
  assert.throws(
    () => read([0, 6, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0]),
    /take one with a "cmap" of format 4 or 12/
  )
})
