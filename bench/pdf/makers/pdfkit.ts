import type { Invoice } from '../../../src/invoice/schema.ts'
import { fontBytes } from '../fonts.ts'
import type { Maker } from '../maker.ts'
import { load } from '../peers.ts'
import { height, leftOf, numbered, type Pieces, piecesOf, width } from '../pieces.ts'

export async function open(invoice: Invoice): Promise<Maker> {
  const { default: PDFDocument } = await load('pdfkit')
  const pieces = piecesOf(invoice)
  const bytes = fontBytes()
  return async number => {
    const document = new PDFDocument({ size: [width, height], margin: 0 })
    document.registerFont('regular', bytes.regular).registerFont('bold', bytes.bold)
    return finish(document, numbered(pieces, number))
  }
}

/** Draws the pieces, and collects the bytes. */
// biome-ignore lint/suspicious/noExplicitAny: it comes without types
export async function finish(document: any, { texts, rules }: Pieces): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  document.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  const ended = new Promise(resolve => document.on('end', resolve))
  for (const piece of texts) {
    const { text, y, size, isBold, colour } = piece
    document
      .font(isBold ? 'bold' : 'regular')
      .fontSize(size)
      .fillColor(colour)
    const x = leftOf(piece, () => document.widthOfString(text))
    document.text(text, x, y, { lineBreak: false, baseline: 'alphabetic' })
  }
  for (const { x1, y1, x2, y2, width, colour } of rules)
    document.moveTo(x1, y1).lineTo(x2, y2).lineWidth(width).strokeColor(colour).stroke()
  document.end()
  await ended
  return Buffer.concat(chunks)
}
