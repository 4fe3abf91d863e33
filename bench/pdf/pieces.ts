import { drawInvoice } from '../../src/invoice/pdf.ts'
import type { Invoice } from '../../src/invoice/schema.ts'
import { openDocument } from '../../src/pdf/document.ts'
import { type Page, type Place, paper } from '../../src/pdf/page.ts'
import type { Rule } from '../../src/pdf/paint.ts'
import type { TextLine } from '../../src/pdf/text/line.ts'
import { type Style, textOf } from '../../src/pdf/text/setting.ts'

export type TextPiece = {
  text: string
  /** Its left, middle or right, by `align`. */
  x: number
  align: 'left' | 'center' | 'right'
  width: number
  y: number
  size: number
  isBold: boolean
  colour: string
}
export type RulePiece = Rule & { colour: string }

/** The number in `bench/invoice.json`. */
export const invoiceNumber = '2026-1123'

/** What is on the only page of an invoice, in points from its top left corner; `y` is the baseline. */
export type Pieces = { texts: TextPiece[]; rules: RulePiece[] }

export const { width, height } = paper

/**
 * The invoice as it is laid out by us, for makers that place text but do not lay out: they are spared all of
 * that work but the width of what is not aligned to the left; we are not.
 */
export function piecesOf(invoice: Invoice): Pieces {
  const document = openDocument({ title: '', language: 'ja', createdAt: new Date(0) })
  const pieces: Pieces = { texts: [], rules: [] }
  const page = (at?: number): Page => {
    const page = document.page(at)
    return {
      ...page,
      put: (line, place) => void pieces.texts.push(...textsOf(line, place)),
      line: (rule, colour) => void pieces.rules.push({ ...rule, colour })
    }
  }
  const pages = drawInvoice({ ...document, page }, invoice, 'ja')
  if (pages !== 1) throw new Error(`The invoice takes ${pages} pages: choose one of a single page.`)
  return pieces
}

function textsOf(
  { setting, start, end, width }: TextLine,
  { x, y, align = 'left' }: Place
): TextPiece[] {
  if (end <= start) return []
  const { size, weight, colour = '#000000' } = (setting.runs[0] as { style: Style }).style
  const text = textOf(setting, start, end)
  return [{ text, x, align, width, y, size, isBold: weight === 'bold', colour }]
}

/** Where a piece begins, if the maker finds it so wide. */
export function leftOf({ x, align }: TextPiece, width: () => number): number {
  if (align === 'left') return x
  return align === 'right' ? x - width() : x - width() / 2
}

/** The same with another number of the invoice. */
export function numbered({ texts, rules }: Pieces, number: string): Pieces {
  return {
    texts: texts.map(piece => (piece.text === invoiceNumber ? { ...piece, text: number } : piece)),
    rules
  }
}
