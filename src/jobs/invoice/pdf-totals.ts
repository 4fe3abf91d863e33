import { type Language, speak } from '../../language.ts'
import type { Drawing } from '../../pdf/document.ts'
import { type RateTotal, type Totals, yen } from './amounts.ts'
import {
  accent,
  bottom,
  hairline,
  left,
  nextTop,
  paragraph,
  right,
  soft,
  tint,
  width
} from './pdf-page.ts'
import type { Invoice } from './schema.ts'

const boxLeft = 310
const rowHeight = 19
const size = 9.5
const leading = 14.5

/** Totals for each rate, then how to pay and the notes, below the table. */
export function drawClosing(
  drawing: Drawing,
  invoice: Invoice,
  totals: Totals,
  language: Language,
  top: number
) {
  const t = speak(language)
  let y = drawTotals(drawing, totals, language, top + 18) + 22
  if (invoice.bank) y = drawNote(drawing, t('お振込先', 'Bank details'), invoice.bank, y)
  if (invoice.note) drawNote(drawing, t('備考', 'Notes'), invoice.note, y)
}

/** The block stays in one piece: it moves to a new page when it does not fit. */
function drawTotals(drawing: Drawing, totals: Totals, language: Language, top: number): number {
  const t = speak(language)
  const height = (totals.rates.length * 2 + 1) * rowHeight + 30
  let y = roomFor(drawing, height, top)
  for (const total of totals.rates) y = drawRate(drawing, total, language, y)
  drawing.box(boxLeft, y + 4, right - boxLeft, 28, tint)
  drawing.text(boxLeft + 10, y + 22, t('合計（税込）', 'Total, tax included'), {
    size: 10.5,
    weight: 'bold'
  })
  drawing.text(right - 6, y + 22.5, yen(totals.total), { size: 13, weight: 'bold', align: 'right' })
  return y + 32
}

function drawRate(
  drawing: Drawing,
  { rate, subtotal, tax }: RateTotal,
  language: Language,
  y: number
) {
  const t = speak(language)
  const rows: [string, number][] = [
    [t(`${rate}%対象（税抜）`, `Taxed at ${rate}%, net`), subtotal],
    [t(`消費税（${rate}%）`, `Consumption tax (${rate}%)`), tax]
  ]
  for (const [name, amount] of rate === 0
    ? [[t('対象外（0%）', 'Not taxed (0%)'), subtotal] as const]
    : rows) {
    drawing.text(boxLeft + 10, y + 13, name, { size })
    drawing.text(right - 6, y + 13, yen(amount), { size, align: 'right' })
    drawing.rule(boxLeft, y + rowHeight, right - boxLeft, 0.5, hairline)
    y += rowHeight
  }
  return y
}

/** A heading and its text, which goes on over as many pages as it needs. */
function drawNote(drawing: Drawing, heading: string, text: string, top: number): number {
  const lines = drawing.wrap(text, width, size)
  let y = roomFor(drawing, 20 + Math.min(lines.length, 2) * leading, top)
  drawing.text(left, y + 10, heading, { size: 9, weight: 'bold', colour: accent })
  y += 26
  for (const line of lines) {
    y = roomFor(drawing, 4, y)
    y = paragraph(drawing, [line], { x: left, y, size, leading, colour: soft })
  }
  return y + 8
}

function roomFor(drawing: Drawing, height: number, y: number): number {
  if (y + height <= bottom) return y
  drawing.addPage()
  return nextTop
}
