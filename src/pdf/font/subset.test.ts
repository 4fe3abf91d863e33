import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cmapOf, composite, format12, tinyFont, triangle, u16 } from '../../../test/tiny-font.ts'
import { subsetOf } from './subset.ts'
import { tablesOf } from './table.ts'
import { readTrueType } from './truetype.ts'

const glyphs = [
  triangle(0),
  triangle(1, [7, 7, 7]),
  triangle(2),
  composite([1, 2], [8, 8]),
  [],
  composite([3]),
  triangle(6)
]
const cmap = cmapOf(format12([[0x41, 0x46, 1]]))
const fonts = [true, false].map(isLong => readTrueType(tinyFont({ glyphs, cmap, isLong })))

/** The outlines in the subset's file, by their new numbers. */
function outlinesOf(file: Uint8Array) {
  const tables = tablesOf(file)
  const [loca, glyf] = [tables('loca'), tables('glyf')]
  const places = Array.from({ length: loca.byteLength / 4 }, (_, index) =>
    loca.getUint32(index * 4)
  )
  return places.slice(1).map((end, index) => {
    const start = glyf.byteOffset + (places[index] as number)
    return [...file.subarray(start, glyf.byteOffset + end)]
  })
}

const padded = (glyph: number[]) => [...glyph, ...new Array(-glyph.length & 3).fill(0)]

for (const [index, font] of fonts.entries()) {
  const form = index === 0 ? 'long' : 'short'

  test(`glyphs come without their hints, after that of a missing one, from ${form} offsets`, () => {
    const { file, numbers } = subsetOf(font, [2, 1])
    assert.deepEqual(
      [...numbers],
      [
        [0, 0],
        [2, 1],
        [1, 2]
      ]
    )
    assert.deepEqual(outlinesOf(file), [triangle(0), triangle(2), triangle(1)].map(padded))
  })

  test(`what a glyph is composed of comes along, under its new number, from ${form} offsets`, () => {
    const { file, numbers } = subsetOf(font, [5, 6])
    // 5 is made of 3, that of 1 and 2.
    assert.deepEqual([...numbers.keys()], [0, 5, 6, 3, 1, 2])
    const [, outer, , inner] = outlinesOf(file)
    assert.deepEqual(outer, padded(composite([3])))
    assert.deepEqual(inner, padded(composite([4, 5])))
  })
}

const font = fonts[0] as (typeof fonts)[number]

test('an empty glyph stays empty', () => {
  assert.deepEqual(outlinesOf(subsetOf(font, [4]).file)[1], [])
})

test('a glyph that is asked for twice comes once', () => {
  assert.equal(subsetOf(font, [1, 1, 0]).numbers.size, 2)
})

test('widths and left bearings follow their glyphs', () => {
  const { hmtx, hhea, maxp } = read(subsetOf(font, [6, 1]).file)
  assert.deepEqual([...bytesOf(hmtx)], u16(100, 10, 102, 16, 101, 11))
  assert.equal(hhea.getUint16(34), 3)
  assert.equal(maxp.getUint16(4), 3)
})

test('the file has the tables that a PDF needs, sorted, on multiples of four, with their checksums', () => {
  const { file } = subsetOf(font, [1, 2, 3])
  const view = new DataView(file.buffer)
  const entries = Array.from({ length: view.getUint16(4) }, (_, index) => 12 + index * 16)
  const tags = entries.map(entry => Buffer.from(file.subarray(entry, entry + 4)).toString())
  assert.deepEqual(tags, ['glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp'])
  for (const entry of entries) {
    const [sum, offset, length] = [4, 8, 12].map(place => view.getUint32(entry + place)) as [
      number,
      number,
      number
    ]
    assert.equal(offset % 4, 0)
    let wanted = 0
    for (let place = offset; place < offset + length; place += 4) wanted += view.getUint32(place)
    assert.equal(sum, wanted % 2 ** 32)
  }
  assert.equal(read(file).head.getInt16(50), 1)
})

test('the font that is read stays as it is', () => {
  const before = Buffer.from(font.file)
  subsetOf(font, [1, 2, 3, 5])
  assert.ok(before.equals(font.file))
})

function read(file: Uint8Array) {
  const tables = tablesOf(file)
  const [head, hhea, hmtx, maxp] = ['head', 'hhea', 'hmtx', 'maxp'].map(tables) as [
    DataView,
    DataView,
    DataView,
    DataView
  ]
  return { head, hhea, hmtx, maxp }
}

function bytesOf({ buffer, byteOffset, byteLength }: DataView) {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
