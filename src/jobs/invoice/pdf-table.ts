import { type Language, speak } from '../../language.ts'
import type { Drawing, Style } from '../../pdf/document.ts'
import { type Totals, yen } from './amounts.ts'
import { accent, bottom, hairline, left, nextTop, right, soft, width } from './pdf-page.ts'
import type { Invoice, InvoiceLine } from './schema.ts'

/** Right ends of the number columns, in points; the description has what is left. */
const columns = { quantity: 318, unit: 350, unitPrice: 424, taxRate: 466, amount: right - 6 }
const descriptionWidth = 205
const size = 9.5
const leading = 14
const padding = 7

/** The lines of the invoice, with the head repeated on each page; gives where it ends. */
export function drawTable(
  drawing: Drawing,
  { lines }: Invoice,
  totals: Totals,
  language: Language,
  top: number
): number {
  let y = drawHead(drawing, language, top)
  lines.forEach((line, index) => {
    const description = drawing.wrap(mark(line), descriptionWidth, size)
    const height = description.length * leading + padding * 2 - 4
    if (y + height > bottom) {
      drawing.addPage()
      y = drawHead(drawing, language, nextTop)
    }
    drawRow(drawing, line, description, totals.lines[index] ?? 0, y)
    y += height
    drawing.rule(left, y, width, 0.5, hairline)
  })
  const reduced = lines.some(({ taxRate }) => taxRate === 8)
  if (!reduced) return y
  const legend = speak(language)('※は軽減税率（8%）対象', '※ reduced tax rate (8%)')
  drawing.text(left, y + 14, legend, { size: 8.5, colour: soft })
  return y + 16
}

function drawHead(drawing: Drawing, language: Language, y: number): number {
  const t = speak(language)
  const height = 22
  const style: Style = { size: 9, weight: 'bold', colour: [1, 1, 1] }
  drawing.box(left, y, width, height, accent)
  drawing.text(left + 6, y + 14.5, t('摘要', 'Description'), style)
  const heads = {
    quantity: t('数量', 'Quantity'),
    unit: t('単位', 'Unit'),
    unitPrice: t('単価', 'Unit price'),
    taxRate: t('税率', 'Tax'),
    amount: t('金額（税抜）', 'Amount, net')
  }
  for (const [name, head] of Object.entries(heads))
    drawing.text(columns[name as keyof typeof columns], y + 14.5, head, {
      ...style,
      align: 'right'
    })
  return y + height
}

/** The mark that the law asks for on what is taxed at the reduced rate. */
function mark({ description, taxRate }: InvoiceLine) {
  return taxRate === 8 ? `${description} ※` : description
}

function drawRow(
  drawing: Drawing,
  line: InvoiceLine,
  description: string[],
  amount: number,
  top: number
) {
  const y = top + padding + 8
  description.forEach((text, index) => {
    drawing.text(left + 6, y + index * leading, text, { size })
  })
  const cells = {
    quantity: line.quantity.toLocaleString('en', { maximumFractionDigits: 3 }),
    unit: line.unit ?? '',
    unitPrice: yen(line.unitPrice),
    taxRate: `${line.taxRate}%`,
    amount: yen(amount)
  }
  for (const [name, text] of Object.entries(cells))
    drawing.text(columns[name as keyof typeof columns], y, text, { size, align: 'right' })
}
