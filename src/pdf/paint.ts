import * as fontkit from '@cantoo/fontkit'
import { PDFDocument, type PDFFont, type PDFPage, rgb } from 'pdf-lib'
import type { About, Colour, Piece } from './document.ts'
import { paper } from './document.ts'
import type { Face } from './face.ts'
import { type Run, toRuns } from './run.ts'

/**
 * Paints pieces into a PDF. Each font is embedded anew for the document, as the part of it that is
 * used; `subset: false` embeds all of it, which is 100 times larger and serves as a reference.
 */
export async function paint(pages: Piece[][], about: About, { subset = true } = {}) {
  const pdf = await PDFDocument.create({ updateMetadata: false })
  pdf.registerFontkit(fontkit as never)
  describe(pdf, about)
  const fonts = openFonts(pdf, subset)
  for (const pieces of pages) {
    const page = pdf.addPage([paper.width, paper.height])
    for (const piece of pieces) await paintPiece(page, piece, fonts)
  }
  const options = { addDefaultPage: false, updateFieldAppearances: false }
  return await pdf.save({ ...options, objectsPerTick: Number.POSITIVE_INFINITY })
}

function describe(pdf: PDFDocument, { title, author, language, createdAt }: About) {
  pdf.setTitle(title, { showInWindowTitleBar: true })
  pdf.setAuthor(author)
  pdf.setProducer('Beanline')
  pdf.setCreator('Beanline')
  pdf.setLanguage(language)
  pdf.setCreationDate(createdAt)
  pdf.setModificationDate(createdAt)
}

async function paintPiece(page: PDFPage, piece: Piece, fonts: Fonts) {
  const { what, x, y } = piece
  const color = ink(piece.colour)
  if (what === 'text') return await paintText(page, piece, fonts)
  const { width } = piece
  const height = what === 'box' ? piece.height : piece.thickness
  page.drawRectangle({ x, y: paper.height - y - height, width, height, color })
}

async function paintText(page: PDFPage, piece: Piece & { what: 'text' }, fonts: Fonts) {
  const { text, size, weight, colour } = piece
  let x = piece.x
  for (const run of toRuns(text, weight)) {
    for (const { font, text, advance } of await fonts.split(run)) {
      page.setFont(font)
      page.drawText(text, { x, y: paper.height - piece.y, size, color: ink(colour) })
      x += (advance * size) / 1000
    }
  }
}

function ink([red, green, blue]: Colour) {
  return rgb(red, green, blue)
}

type Fonts = ReturnType<typeof openFonts>

/** An embedded font, and which code point each of its glyphs stands for when text is copied. */
type Embedded = { font: PDFFont; meanings: Map<number, number> }

/**
 * The fonts of a document. Some code points share a glyph (日 and ⽇, - and ‑), but a glyph can only
 * mean one of them to who copies the text, so the other one gets a second copy of the font.
 */
function openFonts(pdf: PDFDocument, subset: boolean) {
  const embedded = new Map<Face, Embedded[]>()

  async function fontFor(face: Face, codePoint: number): Promise<Embedded> {
    const copies = embedded.get(face) ?? []
    const glyph = face.glyph(codePoint)?.id ?? 0
    const fits = ({ meanings }: Embedded) => (meanings.get(glyph) ?? codePoint) === codePoint
    const copy = copies.find(fits) ?? (await embed(face, copies))
    copy.meanings.set(glyph, codePoint)
    return copy
  }

  async function embed(face: Face, copies: Embedded[]): Promise<Embedded> {
    const font = await pdf.embedFont(face.bytes, { subset, features: plain })
    const copy = { font, meanings: new Map() }
    embedded.set(face, [...copies, copy])
    return copy
  }

  return {
    /** Cuts a run where another copy of its font has to take over. */
    async split({ face, text }: Run) {
      const parts: { font: PDFFont; text: string; advance: number }[] = []
      for (const character of text) {
        const codePoint = character.codePointAt(0) as number
        const glyph = face.glyph(codePoint)
        const last = parts.at(-1)
        if (last && !glyph) last.text += character
        if (!glyph) continue
        const { font } = await fontFor(face, codePoint)
        if (last?.font === font) {
          last.text += character
          last.advance += glyph.advance
        } else parts.push({ font, text: character, advance: glyph.advance })
      }
      return parts
    }
  }
}

/** No ligatures, alternates or kerning: each code point keeps its own glyph and its measured width. */
const plain = Object.fromEntries(
  'calt ccmp clig dlig halt hlig kern liga locl palt rlig vkrn'
    .split(' ')
    .map(name => [name, false])
)
