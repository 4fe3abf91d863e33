import { hash } from 'node:crypto'
import { constants, deflateSync, type ZlibOptions } from 'node:zlib'
import { type PDFContext, type PDFRef, PDFString } from 'pdf-lib'
import { literal } from '../literal.ts'
import { deflated } from '../stream.ts'
import { type Face, fontOf } from './fonts.ts'
import { subsetOf } from './subset.ts'
import type { TrueType } from './truetype.ts'

/**
 * Outlines are the better part of a short document's time. Level 4 is a half slower, for two bytes in a
 * hundred; a larger buffer makes fewer blocks, each of which begins with a table.
 */
const quick = { level: 1, memLevel: 9 }

/** Runs of zeros are all that there is to find in a map of glyphs. */
const sparse = { level: 1, strategy: constants.Z_RLE }

/**
 * Embeds characters of a font: a Type 0 font whose codes are the font's own CIDs, so that each has
 * exactly one meaning (ISO 32000-1, 9.7).
 */
export function embedFont(context: PDFContext, face: Face, used: number[]): PDFRef {
  const font = fontOf(face)
  const cids = used.toSorted((a, b) => a - b)
  const { file, numbers } = subsetOf(
    font,
    cids.map(cid => font.glyphs[cid] as number)
  )
  const name = `${tagOf(cids)}+${font.name}`
  const stream = (bytes: Uint8Array, about = {}, how: ZlibOptions = quick) =>
    context.register(deflated(context, deflateSync(bytes, how), about))
  const descriptor = context.register(
    context.obj({
      Type: 'FontDescriptor',
      FontName: name,
      // Symbolic: the codes are no standard encoding.
      Flags: 4,
      FontBBox: font.box,
      ItalicAngle: 0,
      Ascent: font.ascent,
      Descent: font.descent,
      CapHeight: font.capHeight,
      StemV: font.isBold ? 140 : 80,
      FontFile2: stream(file, { Length1: file.length })
    })
  )
  const descendant = context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: name,
      CIDSystemInfo: {
        Registry: PDFString.of('Adobe'),
        Ordering: PDFString.of('Identity'),
        Supplement: 0
      },
      FontDescriptor: descriptor,
      DW: 1000,
      W: widthsOf(font, cids),
      CIDToGIDMap: stream(glyphMapOf(font, cids, numbers), {}, sparse)
    })
  )
  return context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: name,
      Encoding: 'Identity-H',
      DescendantFonts: [descendant],
      ToUnicode: stream(Buffer.from(unicodeMapOf(font, cids)))
    })
  )
}

/** Six letters that stand for the choice of characters (ISO 32000-1, 9.6.4). */
function tagOf(cids: number[]) {
  const digest = hash('sha256', Uint16Array.from(cids), 'buffer')
  return String.fromCharCode(...digest.subarray(0, 6).map(byte => 65 + (byte % 26)))
}

function glyphMapOf(font: TrueType, cids: number[], numbers: Map<number, number>) {
  const map = new Uint8Array(((cids.at(-1) ?? 0) + 1) * 2)
  for (const cid of cids) {
    const number = numbers.get(font.glyphs[cid] as number) as number
    map[cid * 2] = number >> 8
    map[cid * 2 + 1] = number & 255
  }
  return map
}

/** Lists of neighbours, each after the first of them; 1000 is the default. */
function widthsOf({ widths }: TrueType, cids: number[]) {
  let table = ''
  let next = -1
  for (const cid of cids) {
    const width = Math.round((widths[cid] as number) * 100) / 100
    if (width === 1000) continue
    if (cid === next) table += ` ${width}`
    else table += `${table && ']'}${cid}[${width}`
    next = cid + 1
  }
  return literal(`[${table}${table && ']'}]`)
}

/** The longest list that a section may have (Adobe Technical Note 5014). */
const longest = 100

/** Neighbours in one row, since kana and digits come in whole series. */
function unicodeMapOf(font: TrueType, cids: number[]) {
  const ranges: string[] = []
  const single: string[] = []
  for (let at = 0; at < cids.length; ) {
    const end = endOfSeries(font, cids, at)
    const from = `<${hex16(cids[at] as number)}>`
    const unicode = `<${unicodeOf(font, cids[at] as number)}>`
    if (end - at > 1) ranges.push(`${from} <${hex16(cids[end - 1] as number)}> ${unicode}`)
    else single.push(`${from} ${unicode}`)
    at = end
  }
  const sections = [...sectionsOf('bfrange', ranges), ...sectionsOf('bfchar', single)]
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${sections.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`
}

function sectionsOf(kind: 'bfchar' | 'bfrange', rows: string[]) {
  const sections: string[] = []
  for (let start = 0; start < rows.length; start += longest) {
    const few = rows.slice(start, start + longest)
    sections.push(`${few.length} begin${kind}\n${few.join('\n')}\nend${kind}`)
  }
  return sections
}

/** Before which character a series ends: neighbours in both, whose last byte alone changes (ISO 32000-1, 9.10.3). */
function endOfSeries({ codes, selectors }: TrueType, cids: number[], start: number) {
  const distance = (codes[cids[start] as number] as number) - (cids[start] as number)
  const follows = (before: number, cid: number) =>
    cid === before + 1 &&
    cid & 255 &&
    selectors[cid] === 0 &&
    codes[cid] === cid + distance &&
    (codes[cid] as number) < 65_536 &&
    (codes[cid] as number) & 255
  let end = start + 1
  if (selectors[cids[start] as number] !== 0) return end
  while (end < cids.length && follows(cids[end - 1] as number, cids[end] as number)) end += 1
  return end
}

function unicodeOf({ codes, selectors }: TrueType, cid: number) {
  const selector = selectors[cid] as number
  return utf16(codes[cid] as number) + (selector === 0 ? '' : utf16(selector))
}

function utf16(code: number): string {
  if (code < 0x10000) return hex16(code)
  const rest = code - 0x10000
  return hex16(0xd800 + (rest >> 10)) + hex16(0xdc00 + (rest & 0x3ff))
}

function hex16(value: number) {
  return value.toString(16).padStart(4, '0')
}
