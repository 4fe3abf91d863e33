import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  cmapOf,
  format12,
  format14,
  type TinyFont,
  tinyFont,
  triangle
} from '../../../test/tiny-font.ts'
import { allFonts, faces, fontOf } from './fonts.ts'
import { cidOf, readTrueType } from './truetype.ts'

const cmap = cmapOf(
  format12([
    [0x41, 0x42, 1],
    [0x65e5, 0x65e5, 3],
    [0x2f47, 0x2f47, 3],
    [0x20000, 0x20001, 4]
  ]),
  format14([{ selector: 0xe0100, other: [[0x41, 5]] }])
)
const glyphs = Array.from({ length: 6 }, (_, x) => triangle(x))
const tiny = (more: Partial<TinyFont> = {}) => readTrueType(tinyFont({ glyphs, cmap, ...more }))

test('measures are in thousandths of an em', () => {
  const { name, isBold, ascent, descent, capHeight, box, widths } = tiny()
  assert.deepEqual(
    { name, isBold, ascent, descent, capHeight, box },
    {
      name: 'Tiny',
      isBold: true,
      ascent: 880,
      descent: -120,
      capHeight: 800,
      box: [-2, -4, 600, 800]
    }
  )
  assert.deepEqual([...widths], [0, 202, 204, 204, 204, 204, 204, 204])
})

test('glyphs after the last width of its own have that one, and bearings of their own', () => {
  const { advances, bearings } = tiny()
  assert.deepEqual([...advances], [100, 101, 102, 102, 102, 102])
  assert.deepEqual([...bearings], [10, 11, 12, 13, 14, 15])
})

test('characters that share a glyph have numbers of their own', () => {
  const font = tiny()
  const [day, radical] = [cidOf(font, 0x65e5), cidOf(font, 0x2f47)]
  assert.notEqual(day, radical)
  assert.equal(font.glyphs[day], font.glyphs[radical])
})

test('a character is found on each plane, and with the selector of a variant', () => {
  const font = tiny()
  const found = ([code, selector]: [number, number?]) => {
    const cid = cidOf(font, code, selector)
    return [font.codes[cid], font.selectors[cid], font.glyphs[cid]]
  }
  assert.deepEqual(found([0x42]), [0x42, 0, 2])
  assert.deepEqual(found([0x20000]), [0x20000, 0, 4])
  assert.deepEqual(found([0x20001]), [0x20001, 0, 5])
  assert.deepEqual(found([0x41, 0xe0100]), [0x41, 0xe0100, 5])
  // A variant that the font lacks is the plain character.
  assert.deepEqual(found([0x41, 0xe0101]), [0x41, 0, 1])
  assert.deepEqual(found([0x42, 0xe0100]), [0x42, 0, 2])
})

test('what the font lacks has the number 0', () => {
  const font = tiny()
  for (const code of [0, 0x43, 0xffff, 0x1ffff, 0x20002, 0x10ffff])
    assert.equal(cidOf(font, code), 0)
  assert.equal(cidOf(font, 0x43, 0xe0100), 0)
})

test('a font without outlines of TrueType, or one that is cut off, is refused', () => {
  assert.throws(() => tiny({ without: 'glyf' }), /no table "glyf": take one with TrueType outlines/)
  const file = tinyFont({ glyphs, cmap })
  assert.throws(
    () => readTrueType(file.slice(0, 400)),
    /ends within its table "\w+": take a whole file/
  )
})

test('the fonts of documents have all that documents are made of', () => {
  for (const font of allFonts()) {
    assert.match(font.name, /^[\w-]+$/)
    assert.ok(font.file.buffer instanceof SharedArrayBuffer)
    assert.ok(font.codes.buffer instanceof SharedArrayBuffer)
  }
  const weights = Object.entries(faces).flatMap(([weight, chain]) =>
    chain.map(face => [weight, fontOf(face).isBold])
  )
  for (const [weight, isBold] of weights) assert.equal(isBold, weight === 'bold')
})
