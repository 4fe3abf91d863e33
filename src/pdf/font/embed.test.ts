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
import { fonts } from './fonts.ts'
import { cidOf, type TrueType } from './truetype.ts'

const font = fonts()[0] as TrueType
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
  const { unicode } = embedded([...used, ...codes.map(code => cidOf(font, code)), variant])
  const hex = (cid: number) => cid.toString(16).padStart(4, '0')
  for (const [index, wanted] of ['0041', '65e5', '2f47', 'd842dfb7'].entries())
    assert.ok(unicode.includes(`<${hex(cidOf(font, codes[index] as number))}> <${wanted}>`), wanted)
  assert.ok(unicode.includes(`<${hex(variant)}> <845bdb40dd00>`))
  const sections = [...unicode.matchAll(/(\d+) beginbfchar\n([\s\S]*?)\nendbfchar/g)]
  for (const [, count, rows = ''] of sections) {
    assert.equal(rows.split('\n').length, Number(count))
    assert.ok(Number(count) <= 100)
  }
  assert.equal(
    sections.reduce((sum, [, count]) => sum + Number(count), 0),
    used.length + 5
  )
})

test('widths are told of those that are not full-width', () => {
  const cids = [...'Ai1豆'].map(letter => cidOf(font, letter.codePointAt(0) as number))
  const { descendant } = embedded(cids)
  const list = descendant.lookup(PDFName.of('W'), PDFArray).asArray().map(String)
  const told = new Map<number, number>()
  for (let at = 0; at < list.length; at += 2)
    for (const [index, width] of (list[at + 1] ?? '')
      .replace(/[[\]]/g, '')
      .trim()
      .split(/\s+/)
      .entries())
      told.set(Number(list[at]) + index, Number(width))
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
