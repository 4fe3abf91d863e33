import type { Invoice } from '../../../src/invoice/schema.ts'
import { fontFolders } from '../fonts.ts'
import type { Maker } from '../maker.ts'
import { load } from '../peers.ts'
import { height, leftOf, numbered, type Pieces, piecesOf, width } from '../pieces.ts'

export async function open(invoice: Invoice): Promise<Maker> {
  const { NodeCompiler } = await load('@myriaddreamin/typst-ts-node-compiler')
  const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: fontFolders }] })
  const pieces = piecesOf(invoice)
  return async number => {
    const pdf = compiler.pdf({ mainFileContent: sourceOf(numbered(pieces, number)) })
    // It keeps what it has laid out; of another customer's invoice nothing would be of use.
    compiler.evictCache(0)
    return pdf
  }
}

function sourceOf({ texts, rules }: Pieces) {
  const placed = texts.map(piece => {
    const { text, y, size, isBold, colour } = piece
    const x = leftOf(piece, () => piece.width)
    const weight = isBold ? 700 : 400
    const style = `size: ${size}pt, weight: ${weight}, fill: rgb("${colour}"), top-edge: "baseline"`
    return `#place(top + left, dx: ${x}pt, dy: ${y}pt, text(${style}, ${JSON.stringify(text)}))`
  })
  const lines = rules.map(({ x1, y1, x2, y2, width, colour }) => {
    const stroke = `stroke: ${width}pt + rgb("${colour}")`
    return `#place(top + left, line(start: (${x1}pt, ${y1}pt), end: (${x2}pt, ${y2}pt), ${stroke}))`
  })
  return [
    `#set page(width: ${width}pt, height: ${height}pt, margin: 0pt)`,
    '#set text(font: "Noto Sans JP", lang: "ja")',
    ...placed,
    ...lines
  ].join('\n')
}
