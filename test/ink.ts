import assert from 'node:assert/strict'
import * as fontkit from '@cantoo/fontkit'
import { PDFDocument, type PDFFont, radians, rgb } from 'pdf-lib'
import type { Document } from '../src/pdf/document.ts'
import { fontOf } from '../src/pdf/font/fonts.ts'
import { type Page, paper } from '../src/pdf/page.ts'
import type { TextLine } from '../src/pdf/text/line.ts'
import { type Colour, type Style, textOf } from '../src/pdf/text/setting.ts'
import { pdfiumPicturesOf } from './pdfium.ts'
import { type Picture, picturesOf } from './proof.ts'

/** A line as it was drawn: `x` is its left end, all in points. */
type Run = { page: Page; line: TextLine; x: number; y: number }

const dpi = 150
/** The angle of oblique text. */
const slant = Math.atan(0.21)

/**
 * Draws a document with `draw` and compares the ink of each line with that of the same text at the same
 * place, set character by character from whole fonts. Only ink tells when a subset has lost its glyphs.
 */
export async function compareInk(document: Document, draw: (document: Document) => void) {
  const { recorder, pages, runs } = recording(document)
  draw(recorder)
  const [printed, reference] = [document.save(), await unsubset(runs, pages)]
  for (const [engine, pictures] of Object.entries(engines)) {
    const [ours, theirs] = [await pictures(printed, dpi), await pictures(reference, dpi)]
    assert.equal(ours.length, theirs.length)
    for (const run of runs) {
      const number = pages.indexOf(run.page)
      assertInk(engine, run, ours[number] as Picture, theirs[number] as Picture)
    }
  }
  return runs.length
}

/** Two that share no code: what one forgives, the other may not. */
const engines = { poppler: picturesOf, PDFium: pdfiumPicturesOf }

function assertInk(engine: string, run: Run, ours: Picture, theirs: Picture) {
  const { setting, start, end } = run.line
  const text = textOf(setting, start, end)
  if (text.trim() === '') return
  const [ink, wanted] = [inkOf(ours, run), inkOf(theirs, run)]
  assert.ok(wanted > 0, `${engine}: the reference of “${text}” is blank.`)
  const difference = Math.abs(ink / wanted - 1)
  assert.ok(difference < 0.01, `${engine}: “${text}” has ${ink} of ${wanted} ink.`)
}

/** Passes text on and takes it down; all else stays away, so that boxes hold nothing but text. */
function recording(document: Document) {
  const pages: Page[] = []
  const runs: Run[] = []
  function page(at?: number): Page {
    const page = document.page(at)
    pages.splice(at ?? pages.length, 0, page)
    const { put: draw } = page
    const put: Page['put'] = (line, place) => {
      draw.call(page, line, place)
      const shift = { left: 0, center: line.width / 2, right: line.width }[place.align ?? 'left']
      runs.push({ page, line, x: place.x - shift, y: place.y })
    }
    const nothing = () => {}
    // The page itself, since bookmarks and links lead to it.
    return Object.assign(page, {
      put,
      line: nothing,
      rect: nothing,
      figure: nothing,
      image: nothing
    })
  }
  return { recorder: { ...document, page } as Document, pages, runs }
}

async function unsubset(runs: Run[], pages: Page[]) {
  const pdf = await PDFDocument.create()
  pdf.registerFontkit(fontkit as unknown as Parameters<PDFDocument['registerFontkit']>[0])
  const sheets = new Map(pages.map(page => [page, pdf.addPage([paper.width, paper.height])]))
  const whole = new Map<number, PDFFont>()
  for (const { page, line, x, y } of runs) {
    let left = x
    for (let at = line.start; at < line.end; at += 1) {
      const face = line.setting.faces[at] as number
      const bytes = Uint8Array.from(fontOf(face).file ?? [])
      if (!whole.has(face)) whole.set(face, await pdf.embedFont(bytes, { subset: false }))
      const { size, colour, rise = 0, isSlanted = false } = styleAt(line, at)
      const place = { x: left, y: paper.height - y + rise, size, color: colourOf(colour) }
      sheets.get(page)?.drawText(textOf(line.setting, at, at + 1), {
        ...place,
        ...(isSlanted ? { xSkew: radians(0), ySkew: radians(slant) } : {}),
        font: whole.get(face) as PDFFont
      })
      left += line.setting.widths[at] as number
    }
  }
  return pdf.save()
}

function styleAt({ setting }: TextLine, at: number): Style {
  return setting.runs.find(({ end }) => end > at)?.style as Style
}

function inkOf({ width, height, pixels }: Picture, { x, y, line }: Run) {
  const pixel = (points: number) => Math.round((points * dpi) / 72)
  const size = styleAt(line, line.start).size
  const [left, right] = [Math.max(0, pixel(x - 1)), Math.min(width, pixel(x + line.width + 1))]
  const [top, bottom] = [pixel(y - size), Math.min(height, pixel(y + size * 0.3))]
  let ink = 0
  for (let row = top; row < bottom; row += 1)
    for (let column = left; column < right; column += 1)
      ink += 255 - (pixels[row * width + column] as number)
  return ink
}

function colourOf(colour: Colour = '#000000') {
  const part = (start: number) => Number.parseInt(colour.slice(start, start + 2), 16) / 255
  return rgb(part(1), part(3), part(5))
}
