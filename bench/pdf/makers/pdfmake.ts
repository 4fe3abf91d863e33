import type { Invoice } from '../../../src/invoice/schema.ts'
import { fontPaths } from '../fonts.ts'
import type { Maker } from '../maker.ts'
import { load } from '../peers.ts'
import { height, leftOf, numbered, type Pieces, piecesOf, width } from '../pieces.ts'

export async function open(invoice: Invoice): Promise<Maker> {
  const { default: pdfmake } = await load('pdfmake')
  pdfmake.addFonts({ Noto: { normal: fontPaths.regular, bold: fontPaths.bold } })
  // It warns unless it is told what may be fetched and read.
  pdfmake.setUrlAccessPolicy?.(() => false)
  pdfmake.setLocalAccessPolicy?.((path: string) => Object.values(fontPaths).includes(path))
  const pieces = piecesOf(invoice)
  return async number =>
    new Uint8Array(await pdfmake.createPdf(definitionOf(numbered(pieces, number))).getBuffer())
}

function definitionOf({ texts, rules }: Pieces) {
  const lines = rules.map(({ x1, y1, x2, y2, width: lineWidth, colour: lineColor }) => ({
    ...{ type: 'line', x1, y1, x2, y2, lineWidth, lineColor }
  }))
  return {
    pageSize: { width, height },
    pageMargins: 0,
    defaultStyle: { font: 'Noto' },
    content: [
      ...texts.map(piece => {
        const { text, y, size: fontSize, isBold: bold, colour: color } = piece
        const x = leftOf(piece, () => piece.width)
        // Its `y` is the top of a line, which is 1.16 em above the baseline of this font.
        const absolutePosition = { x, y: y - fontSize * 1.16 }
        return { text, fontSize, bold, color, noWrap: true, absolutePosition }
      }),
      { canvas: lines, absolutePosition: { x: 0, y: 0 } }
    ]
  }
}
