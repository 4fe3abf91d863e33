import { charactersOf } from './cmap.ts'
import { tablesOf } from './table.ts'

/**
 * A font with TrueType outlines, in arrays that threads share. Each character has a number of its own,
 * its CID, which depends on the font alone: from 1 on, in the order of `charactersOf`. So pages can be
 * drawn apart and put together, and characters that share a glyph (日 and ⽇) keep their own numbers.
 */
export type TrueType = {
  name: string
  file: Uint8Array
  unitsPerEm: number
  /** As a PDF has them, in thousandths of an em. */
  ascent: number
  descent: number
  capHeight: number
  box: number[]
  isBold: boolean
  /** Where the outlines are in the file, and each glyph's within them. */
  glyf: number
  loca: Uint32Array
  /** By glyph, in the font's units. */
  advances: Uint16Array
  bearings: Int16Array
  /** By CID: code point, selector (0 for none), glyph, and width in thousandths of an em. */
  codes: Uint32Array
  selectors: Uint32Array
  glyphs: Uint16Array
  widths: Float32Array
  /** The CID of each character of the Basic Multilingual Plane, 0 for what the font lacks. */
  plane: Uint16Array
  /** How many CIDs are those of characters without a selector. */
  plainCount: number
}

/** Reads a font once; the arrays are as shared as the file's own bytes are. */
export function readTrueType(file: Uint8Array): TrueType {
  const tables = tablesOf(file)
  const head = tables('head')
  const unitsPerEm = head.getUint16(18)
  const glyphCount = tables('maxp').getUint16(4)
  const metrics = readMetrics(tables('hmtx'), tables('hhea').getUint16(34), glyphCount)
  const os2 = tables('OS/2')
  const mille = (units: number) => Math.round((units * 1000) / unitsPerEm)
  return {
    name: postscriptNameOf(tables('name')),
    file,
    unitsPerEm,
    ascent: mille(tables('hhea').getInt16(4)),
    descent: mille(tables('hhea').getInt16(6)),
    capHeight: mille(os2.getUint16(0) >= 2 ? os2.getInt16(88) : tables('hhea').getInt16(4)),
    box: [36, 38, 40, 42].map(place => mille(head.getInt16(place))),
    isBold: os2.getUint16(4) >= 600,
    glyf: tables('glyf').byteOffset - file.byteOffset,
    loca: readLoca(tables('loca'), glyphCount, head.getInt16(50) === 1),
    ...metrics,
    ...readCharacters(tables('cmap'), metrics.advances, unitsPerEm)
  }
}

function shared<Kind>(kind: ArrayOf<Kind>, length: number): Kind {
  return new kind(new SharedArrayBuffer(length * kind.BYTES_PER_ELEMENT))
}
type ArrayOf<Kind> = { new (buffer: SharedArrayBuffer): Kind; BYTES_PER_ELEMENT: number }

/** The glyphs after the last one with a width of its own have the same (fixed-pitch fonts). */
function readMetrics(hmtx: DataView, withWidth: number, glyphCount: number) {
  const advances = shared(Uint16Array, glyphCount)
  const bearings = shared(Int16Array, glyphCount)
  for (let glyph = 0; glyph < glyphCount; glyph += 1) {
    const pair = Math.min(glyph, withWidth - 1) * 4
    advances[glyph] = hmtx.getUint16(pair)
    const extra = withWidth * 4 + (glyph - withWidth) * 2
    bearings[glyph] = hmtx.getInt16(glyph < withWidth ? pair + 2 : extra)
  }
  return { advances, bearings }
}

function readLoca(table: DataView, glyphCount: number, isLong: boolean) {
  const loca = shared(Uint32Array, glyphCount + 1)
  for (let glyph = 0; glyph <= glyphCount; glyph += 1)
    loca[glyph] = isLong ? table.getUint32(glyph * 4) : table.getUint16(glyph * 2) * 2
  return loca
}

function readCharacters(cmap: DataView, advances: Uint16Array, unitsPerEm: number) {
  const characters = charactersOf(cmap)
  const count = characters.length + 1
  const codes = shared(Uint32Array, count)
  const selectors = shared(Uint32Array, count)
  const glyphs = shared(Uint16Array, count)
  const widths = shared(Float32Array, count)
  const plane = shared(Uint16Array, 65_536)
  let plainCount = 1
  for (const [index, { code, selector, glyph }] of characters.entries()) {
    const cid = index + 1
    codes[cid] = code
    selectors[cid] = selector
    glyphs[cid] = glyph
    widths[cid] = ((advances[glyph] as number) * 1000) / unitsPerEm
    if (selector === 0) plainCount = cid + 1
    if (selector === 0 && code < 65_536) plane[code] = cid
  }
  return { codes, selectors, glyphs, widths, plane, plainCount }
}

/** Name 6, which is ASCII, from the entry for Windows or that for Macintosh. */
function postscriptNameOf(table: DataView) {
  const strings = table.getUint16(4)
  for (let index = 0; index < table.getUint16(2); index += 1) {
    const record = 6 + index * 12
    if (table.getUint16(record + 6) !== 6) continue
    const start = strings + table.getUint16(record + 10)
    const bytes = new Uint8Array(
      table.buffer,
      table.byteOffset + start,
      table.getUint16(record + 8)
    )
    return String.fromCharCode(...bytes.filter(byte => byte !== 0))
  }
  return 'Font'
}

/** The CID of a character, with the selector of its variant if the font has that; 0 if it lacks it. */
export function cidOf(font: TrueType, code: number, selector = 0): number {
  const plain = code < 65_536 ? (font.plane[code] as number) : find(font, code, 0)
  if (selector === 0 || plain === 0) return plain
  return find(font, code, selector) || plain
}

/** A binary search in the part of the list where the character must be. */
function find({ codes, selectors, plainCount }: TrueType, code: number, selector: number) {
  let [low, high] = selector === 0 ? [1, plainCount - 1] : [plainCount, codes.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const order = (codes[middle] as number) - code || (selectors[middle] as number) - selector
    if (order === 0) return middle
    if (order < 0) low = middle + 1
    else high = middle - 1
  }
  return 0
}
