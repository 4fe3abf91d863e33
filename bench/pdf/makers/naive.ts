import * as fontkit from '@cantoo/fontkit'
import { PDFDocument, rgb } from 'pdf-lib'
import type { Invoice } from '../../../src/invoice/schema.ts'
import { fontBytes } from '../fonts.ts'
import type { Maker } from '../maker.ts'
import { height, leftOf, numbered, piecesOf, width } from '../pieces.ts'

/** As tutorials have it: a font is embedded in part, and each piece is drawn by `drawText`. */
export async function open(invoice: Invoice): Promise<Maker> {
  const pieces = piecesOf(invoice)
  const bytes = fontBytes()
  return async number => {
    const pdf = await PDFDocument.create()
    pdf.registerFontkit(fontkit as unknown as Parameters<typeof pdf.registerFontkit>[0])
    const regular = await pdf.embedFont(bytes.regular, { subset: true })
    const bold = await pdf.embedFont(bytes.bold, { subset: true })
    const page = pdf.addPage([width, height])
    for (const piece of numbered(pieces, number).texts) {
      const { text, y, size, isBold, colour } = piece
      const font = isBold ? bold : regular
      const x = leftOf(piece, () => font.widthOfTextAtSize(text, size))
      page.drawText(text, { x, y: height - y, size, font, color: colourOf(colour) })
    }
    for (const { x1, y1, x2, y2, width, colour } of pieces.rules)
      page.drawLine({
        start: { x: x1, y: height - y1 },
        end: { x: x2, y: height - y2 },
        thickness: width,
        color: colourOf(colour)
      })
    return pdf.save()
  }
}

function colourOf(colour: string) {
  const part = (start: number) => Number.parseInt(colour.slice(start, start + 2), 16) / 255
  return rgb(part(1), part(3), part(5))
}
