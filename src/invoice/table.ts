import { lineOf, linesOf, type TextLine } from '../pdf/text/line.ts'
import { amountOf, grouped } from './amounts.ts'
import type { Invoice, InvoiceLine } from './schema.ts'
import { area, baseline, body, colours, type Sheet, small, type Type } from './sheet.ts'

/** A column, in points; the gap is to its left. */
type Column = { left: number; right: number; align: 'left' | 'right' | 'center' }
type Name = 'description' | 'quantity' | 'unit' | 'unitPrice' | 'taxRate' | 'amount'

const gap = 8
const columns = columnsOf([
  ['description', 214, 'left'],
  ['quantity', 54, 'right'],
  ['unit', 44, 'center'],
  ['unitPrice', 66, 'right'],
  ['taxRate', 46, 'right'],
  ['amount', area.right - area.left - 424, 'right']
])

/** White above and below the text of a row, in points. */
const padding = 5.5
const head = { ...small, weight: 'bold', colour: colours.accent } satisfies Type
const headHeight = 21

/**
 * The lines of the invoice, with the head repeated on each page. A row is never split, and the last one
 * stays with what follows it, which is `tail` points high.
 */
export function drawTable(sheet: Sheet, { lines, rounding = 'floor' }: Invoice, tail: number) {
  const rows = lines.map(line => rowOf(sheet, line, grouped(amountOf(line, rounding))))
  sheet.keep(headHeight + heightOf(rows[0] as Row) + (rows.length === 1 ? tail : 0))
  drawHead(sheet)
  for (const [index, row] of rows.entries()) {
    const height = heightOf(row)
    if (sheet.keep(height + (index === rows.length - 1 ? tail : 0))) drawHead(sheet)
    drawRow(sheet, row, height)
  }
}

const quantities = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 })

/** The lines of text in each cell. */
type Row = Record<Name, TextLine[]>

function rowOf(sheet: Sheet, line: InvoiceLine, amount: string): Row {
  const { description, quantity, unit = '', unitPrice, taxRate } = line
  const wrapped = (name: Name, text: string) => linesOf(text, body, widthOf(columns[name]))
  const fitted = (name: Name, text: string) => [lineOf(text, body, widthOf(columns[name]))]
  return {
    description: wrapped('description', description),
    quantity: fitted('quantity', quantities.format(quantity)),
    unit: wrapped('unit', unit),
    unitPrice: fitted('unitPrice', grouped(BigInt(unitPrice))),
    taxRate: fitted('taxRate', rateText(sheet, taxRate)),
    amount: fitted('amount', amount)
  }
}

function drawHead(sheet: Sheet) {
  const { t, y } = sheet
  const labels: Record<Name, string> = {
    description: t('摘要', 'Description'),
    quantity: t('数量', 'Quantity'),
    unit: t('単位', 'Unit'),
    unitPrice: t('単価', 'Unit price'),
    taxRate: t('税率', 'Tax'),
    amount: t('税抜金額', 'Net amount')
  }
  for (const name of names) {
    const y = baseline(sheet.y, { ...head, leading: headHeight })
    sheet.fitted(labels[name], { ...placeIn(columns[name]), y }, head, widthOf(columns[name]))
  }
  sheet.rule(y, colours.accent, { width: 1 })
  sheet.rule(y + headHeight, colours.accent)
  sheet.y += headHeight
}

function drawRow(sheet: Sheet, row: Row, height: number) {
  const top = sheet.y + padding
  for (const name of names) sheet.stack(row[name], { ...placeIn(columns[name]), top }, body)
  sheet.y += height
  sheet.rule(sheet.y, colours.rule)
}

function heightOf(row: Row) {
  return Math.max(...names.map(name => row[name].length)) * body.leading + 2 * padding
}

/** ※ marks what is taxed at the reduced rate; the law asks for such a mark (消費税法 第57条の4). */
function rateText({ t }: Sheet, rate: InvoiceLine['taxRate']) {
  return { 10: '10%', 8: '※ 8%', 0: t('対象外', 'Exempt') }[rate]
}

function columnsOf(list: [Name, number, Column['align']][]) {
  let left = area.left
  const entries = list.map(([name, width, align], index): [Name, Column] => {
    const column = { left: left + (index === 0 ? 0 : gap), right: left + width, align }
    left += width
    return [name, column]
  })
  return Object.fromEntries(entries) as Record<Name, Column>
}

const names = Object.keys(columns) as Name[]

function widthOf({ left, right }: Column) {
  return right - left
}

function placeIn({ left, right, align }: Column) {
  return { x: { left, right, center: (left + right) / 2 }[align], align }
}
