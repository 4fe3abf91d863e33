import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fontkit from '@cantoo/fontkit'
import { PDFDocument, type PDFFont, rgb } from 'pdf-lib'
import example from '../../../examples/invoice.json' with { type: 'json' }
import { needs } from '../../../test/needs.ts'
import { type Picture, picturesOf } from '../../../test/proof.ts'
import { type Colour, type Document, openDocument, paper, type Style } from '../../pdf/document.ts'
import { type Font, fontFor } from '../../pdf/font.ts'
import { drawInvoice } from './pdf.ts'
import type { Invoice } from './schema.ts'

/** Text as it was drawn: `x` is its left end, all in points. */
type Run = { text: string; x: number; y: number; width: number; style: Style }

const dpi = 150
const { email: _, language: __, ...rest } = example
const invoice: Invoice = {
  ...(rest as Invoice),
  note: 'いろはにほへと、鬱蒼たる檸檬≒☑😀𠮷髙﨑𩸽。齋藤・渡邊・辻邉 ABCDEFGhijklm 0123456789 ⽇日 ﾊﾞﾘｽﾀ ①㈱℃'
}

/**
 * A subset that lost its glyphs still has its text: only ink tells. The reference is the same text at the
 * same place, character by character, from whole fonts.
 */
test('every text has the ink that whole fonts give it', { skip: needs('pdftoppm') }, async () => {
  const document = openDocument({ title: '', language: 'ja', createdAt: new Date(0) })
  const { recorder, runs } = recording(document)
  assert.equal(drawInvoice(recorder, invoice, 'ja'), 1)
  const [printed] = picturesOf(await document.save(), dpi)
  const [reference] = picturesOf(await unsubset(runs), dpi)
  assert.ok(printed && reference && runs.length > 60)
  for (const run of runs) {
    const [ink, wanted] = [inkOf(printed, run), inkOf(reference, run)]
    assert.ok(wanted > 0, `The reference of “${run.text}” is blank.`)
    assert.ok(Math.abs(ink / wanted - 1) < 0.01, `“${run.text}” has ${ink} of ${wanted} ink.`)
  }
})

/** Passes text on and takes it down; rules stay away, so that boxes hold nothing but text. */
function recording(document: Document) {
  const runs: Run[] = []
  const page = () => {
    const page = document.page()
    const text: typeof page.text = (text, place, style) => {
      page.text(text, place, style)
      const width = document.measure(text, style)
      const shift = { left: 0, center: width / 2, right: width }[place.align ?? 'left']
      if (text !== '') runs.push({ text, x: place.x - shift, y: place.y, width, style })
    }
    return { ...page, text, line: () => {}, rect: () => {} }
  }
  return { recorder: { ...document, page } as Document, runs }
}

async function unsubset(runs: Run[]) {
  const pdf = await PDFDocument.create()
  pdf.registerFontkit(fontkit as unknown as Parameters<PDFDocument['registerFontkit']>[0])
  const page = pdf.addPage([paper.width, paper.height])
  const fonts = new Map<Font, PDFFont>()
  for (const { text, x, y, style } of runs) {
    let left = x
    for (const character of text) {
      const font = fontFor(character, style.weight ?? 'regular') as Font
      if (!fonts.has(font)) fonts.set(font, await pdf.embedFont(font.bytes, { subset: false }))
      const place = {
        x: left,
        y: paper.height - y,
        size: style.size,
        color: colourOf(style.colour)
      }
      page.drawText(character, { ...place, font: fonts.get(font) as PDFFont })
      left += (font.glyph(character)?.width ?? 0) * style.size
    }
  }
  return pdf.save()
}

function inkOf({ width, height, pixels }: Picture, { x, y, width: length, style }: Run) {
  const pixel = (points: number) => Math.round((points * dpi) / 72)
  const [left, right] = [Math.max(0, pixel(x - 1)), Math.min(width, pixel(x + length + 1))]
  const [top, bottom] = [pixel(y - style.size), Math.min(height, pixel(y + style.size * 0.3))]
  let ink = 0
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++)
      ink += 255 - (pixels[row * width + column] as number)
  return ink
}

function colourOf(colour: Colour = '#000000') {
  const part = (start: number) => Number.parseInt(colour.slice(start, start + 2), 16) / 255
  return rgb(part(1), part(3), part(5))
}
