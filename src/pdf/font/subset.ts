import { copyOutline, glyphOf, mostBytes, partsOf } from './outline.ts'
import { type Tables, tablesOf } from './table.ts'
import type { TrueType } from './truetype.ts'

/** A font of few glyphs: its file, and the new number of each old glyph. */
export type Subset = { file: Uint8Array; numbers: Map<number, number> }

/**
 * The given glyphs, with those they are composed of, as a TrueType font without hints: just what a PDF
 * needs of it (ISO 32000-1, 9.9). Glyph 0, which stands for a missing one, comes first.
 */
export function subsetOf(font: TrueType, glyphs: Iterable<number>): Subset {
  const numbers = numbersOf(font, glyphs)
  const glyf = writeOutlines(font, numbers)
  const old = oldTablesOf(font)
  const tables: [string, Uint8Array][] = [
    ['glyf', glyf.outlines],
    ['head', copyOf(old('head'), view => view.setInt16(50, 1))],
    ['hhea', copyOf(old('hhea'), view => view.setUint16(34, numbers.size))],
    ['hmtx', writeMetrics(font, numbers)],
    ['loca', glyf.loca],
    ['maxp', copyOf(old('maxp'), view => view.setUint16(4, numbers.size))]
  ]
  return { file: writeFile(tables), numbers }
}

const known = new WeakMap<TrueType, Tables>()

function oldTablesOf(font: TrueType): Tables {
  const tables = known.get(font) ?? tablesOf(font.file)
  known.set(font, tables)
  return tables
}

function numbersOf(font: TrueType, glyphs: Iterable<number>) {
  const numbers = new Map([[0, 0]])
  const add = (glyph: number) => {
    if (!numbers.has(glyph)) numbers.set(glyph, numbers.size)
  }
  for (const glyph of glyphs) add(glyph)
  // The map grows while it is read, since parts may have parts.
  for (const glyph of numbers.keys())
    for (const part of partsOf(font, glyph)) add(glyphOf(font, part))
  return numbers
}

function writeOutlines(font: TrueType, numbers: Map<number, number>) {
  const bytes = new Uint8Array(mostBytes(font, numbers.keys()))
  const loca = new Uint8Array(numbers.size * 4 + 4)
  const places = new DataView(loca.buffer)
  let end = 0
  for (const [glyph, index] of numbers) {
    end = aligned(copyOutline(font, glyph, numbers, bytes, end))
    places.setUint32(index * 4 + 4, end)
  }
  return { outlines: bytes.subarray(0, end), loca }
}

function writeMetrics({ advances, bearings }: TrueType, numbers: Map<number, number>) {
  const bytes = new Uint8Array(numbers.size * 4)
  const view = new DataView(bytes.buffer)
  for (const [glyph, index] of numbers) {
    view.setUint16(index * 4, advances[glyph] as number)
    view.setInt16(index * 4 + 2, bearings[glyph] as number)
  }
  return bytes
}

function copyOf({ buffer, byteOffset, byteLength }: DataView, change: (view: DataView) => void) {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength).slice()
  change(new DataView(bytes.buffer))
  return bytes
}

const headSize = 12
const entrySize = 16

function writeFile(tables: [string, Uint8Array][]): Uint8Array {
  let end = headSize + tables.length * entrySize
  const places = tables.map(([, bytes]) => {
    const place = end
    end += aligned(bytes.length)
    return place
  })
  const file = new Uint8Array(end)
  const view = new DataView(file.buffer)
  // Version 1.0, and the numbers that let a reader search six tables in halves.
  view.setUint32(0, 0x00010000)
  for (const [index, value] of [tables.length, 64, 2, 32].entries())
    view.setUint16(4 + index * 2, value)
  for (const [index, [tag, bytes]] of tables.entries()) {
    const [entry, place] = [headSize + index * entrySize, places[index] as number]
    file.set(bytes, place)
    for (let letter = 0; letter < 4; letter += 1) file[entry + letter] = tag.charCodeAt(letter)
    view.setUint32(entry + 4, checksum(view, place, aligned(bytes.length)))
    view.setUint32(entry + 8, place)
    view.setUint32(entry + 12, bytes.length)
  }
  return file
}

function checksum(view: DataView, place: number, length: number) {
  let sum = 0
  for (let offset = place; offset < place + length; offset += 4)
    sum = (sum + view.getUint32(offset)) | 0
  return sum >>> 0
}

/** Tables and outlines begin at multiples of four bytes. */
function aligned(length: number) {
  return (length + 3) & ~3
}
