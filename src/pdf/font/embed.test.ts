import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  decodePDFRawStream,
  PDFArray,
  PDFContext,
  PDFDict,
  PDFName,
  type PDFRawStream,
  type PDFRef
} from 'pdf-lib'
import { embedFont } from './embed.ts'
import { fontOf } from './fonts.ts'
import { cidOf } from './truetype.ts'

const font = fontOf(0)
const kanji = Array.from({ length: 700 }, (_, index) => 0x4e00 + index * 3)
const used = kanji.map(code => cidOf(font, code)).filter(cid => cid !== 0)

function embedded(cids: number[]) {
  const context = PDFContext.create()
  const font = context.lookup(embedFont(context, 0, cids), PDFDict)
  const descendant = font.lookup(PDFName.of('DescendantFonts'), PDFArray).lookup(0, PDFDict)
  const streamOf = (dictionary: PDFDict, key: string) =>
    Buffer.from(
      decodePDFRawStream(
        context.lookup(dictionary.get(PDFName.of(key)) as PDFRef) as PDFRawStream
      ).decode()
    )
  const name = String(font.get(PDFName.of('BaseFont'))).slice(1)
  return {
    name,
    descendant,
    glyphs: streamOf(descendant, 'CIDToGIDMap'),
    unicode: streamOf(font, 'ToUnicode').toString()
  }
}

test('hundreds of characters have a glyph each', () => {
  const { glyphs } = embedded(used)
  const numbers = new Set(used.map(cid => glyphs.readUInt16BE(cid * 2)))
  assert.ok(used.length > 300)
  assert.equal(numbers.size, used.length)
  assert.ok(!numbers.has(0))
})

test('each character has its Unicode value, in sections of a hundred at most', () => {
  const codes = [0x41, 0x65e5, 0x2f47, 0x20bb7]
  const variant = cidOf(font, 0x845b, 0xe0100)
  const cids = [...used, ...codes.map(code => cidOf(font, code)), variant]
  const { unicode } = embedded(cids)
  const told = readUnicodeMap(unicode)
  for (const [index, wanted] of ['0041', '65e5', '2f47', 'd842dfb7'].entries())
    assert.equal(told.get(cidOf(font, codes[index] as number)), wanted)
  assert.equal(told.get(variant), '845bdb40dd00')
  assert.equal(told.size, cids.length)
})

test('neighbours have their Unicode values in a series that crosses no first byte', () => {
  const letters = Array.from({ length: 0x3240 - 0x30f0 }, (_, index) => 0x30f0 + index)
  const known = letters.filter(code => cidOf(font, code) !== 0)
  const { unicode } = embedded(known.map(code => cidOf(font, code)))
  assert.ok(unicode.includes('beginbfrange'))
  const told = readUnicodeMap(unicode)
  for (const code of known)
    assert.equal(told.get(cidOf(font, code)), code.toString(16).padStart(4, '0'))
  assert.equal(told.size, known.length)
})

/** The Unicode value of each CID, as hexadecimal digits; checks what a section and a row may be. */
function readUnicodeMap(unicode: string) {
  const told = new Map<number, string>()
  for (const [, count, kind, rows = ''] of unicode.matchAll(
    /(\d+) begin(bfchar|bfrange)\n([\s\S]*?)\nend\2/g
  )) {
    const lines = rows.split('\n')
    assert.equal(lines.length, Number(count))
    assert.ok(lines.length <= 100)
    for (const line of lines) {
      const [from = '', ...rest] = [...line.matchAll(/<(\w+)>/g)].map(([, digits = '']) => digits)
      const [last, value = ''] = kind === 'bfrange' ? rest : [from, ...rest]
      const length = Number.parseInt(last ?? '', 16) - Number.parseInt(from, 16)
      assert.equal(last?.slice(0, 2), from.slice(0, 2), 'one first byte (ISO 32000-1, 9.10.3)')
      assert.ok(Number.parseInt(value.slice(-2), 16) + length <= 255)
      for (let step = 0; step <= length; step += 1)
        told.set(Number.parseInt(from, 16) + step, plus(value, step))
    }
  }
  return told
}

function plus(value: string, step: number) {
  const last = Number.parseInt(value.slice(-2), 16) + step
  return value.slice(0, -2) + last.toString(16).padStart(2, '0')
}

test('widths are told of those that are not full-width', () => {
  const cids = [...'Ai1豆'].map(letter => cidOf(font, letter.codePointAt(0) as number))
  const { descendant } = embedded(cids)
  const table = descendant.get(PDFName.of('W'))
  const bytes = Buffer.alloc(table?.sizeInBytes() ?? 0)
  table?.copyBytesInto(bytes, 0)
  const told = new Map<number, number>()
  for (const [, from, widths = ''] of bytes.toString().matchAll(/(\d+)\[([^\]]*)\]/g))
    for (const [index, width] of widths.split(' ').entries())
      told.set(Number(from) + index, Number(width))
  const wanted = cids
    .slice(0, 3)
    .map(cid => [cid, Math.round((font.widths[cid] as number) * 100) / 100])
  assert.deepEqual([...told].sort(), wanted.sort())
  assert.equal(String(descendant.get(PDFName.of('DW'))), '1000')
})

test('the name tells one choice of characters from another, in any order', () => {
  const names = used.slice(0, 300).map(cid => embedded([cid]).name)
  assert.equal(new Set(names).size, names.length)
  for (const name of names) assert.match(name, /^[A-Z]{6}\+NotoSansJP-Regular$/)
  assert.equal(embedded([5, 9, 7]).name, embedded([9, 7, 5]).name)
})
