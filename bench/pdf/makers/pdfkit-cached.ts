import type { Invoice } from '../../../src/invoice/schema.ts'
import { fontBytes } from '../fonts.ts'
import type { Maker } from '../maker.ts'
import { load } from '../peers.ts'
import { height, numbered, piecesOf, width } from '../pieces.ts'
import { finish } from './pdfkit.ts'

/**
 * Fonts are read once and given to each document by PDFKit's own inner parts: fast, and wrong, for what one
 * document used shows in the text of the next.
 */
export async function open(invoice: Invoice): Promise<Maker> {
  const { default: PDFDocument } = await load('pdfkit')
  const pieces = piecesOf(invoice)
  const first = new PDFDocument()
  const kept = Object.entries(fontBytes()).map(([name, bytes]) => {
    first.font(bytes)
    return { name, font: first._font.font, Font: first._font.constructor }
  })
  return async number => {
    const document = new PDFDocument({ size: [width, height], margin: 0 })
    for (const { name, font, Font } of kept) {
      document._fontCount += 1
      document._fontFamilies[name] = new Font(document, font, `F${document._fontCount}`)
    }
    return finish(document, numbered(pieces, number))
  }
}
