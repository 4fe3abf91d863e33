import type { Element } from '../pdf/structure.ts'
import { lineOf, linesOf, type TextLine } from '../pdf/text/line.ts'
import { amountOf, grouped } from './amounts.ts'
import { type Column, columns, type Name, names, placeIn, widthOf } from './columns.ts'
import { paginate } from './pagination.ts'
import type { Invoice, InvoiceLine } from './schema.ts'
import { area, baseline, body, colours, type Sheet, small, type Type } from './sheet.ts'

/** White above and below the text of a row, in points. */
const padding = 5.5
const head = { ...small, weight: 'bold', colour: colours.accent } satisfies Type
const headHeight = 21
const carried = { ...body, weight: 'bold', colour: colours.soft } satisfies Type
const carriedHeight = body.leading + 2 * padding

/**
 * The lines of the invoice, with the head repeated on each page and the sum so far carried forward. A row
 * is never split, and the last ones stay with what follows them, which is `tail` points high.
 */
export function drawTable(sheet: Sheet, { lines, rounding = 'floor' }: Invoice, tail: number) {
  const amounts = lines.map(line => amountOf(line, rounding))
  const rows = lines.map((line, index) => rowOf(sheet, line, grouped(amounts[index] as bigint)))
  const first = area.bottom - sheet.y - headHeight
  const other = area.bottom - area.top - headHeight
  const ends = paginate(rows.map(heightOf), { first, other, carry: carriedHeight, tail })
  const table = sheet.begin('Table')
  let start = 0
  let sum = 0n
  for (const [page, end] of ends.entries()) {
    if (page > 0) sheet.turn()
    if (end === 0) continue
    drawHead(sheet, start === 0 ? table : undefined)
    if (start > 0) drawCarried(sheet, sheet.t('前ページより繰越', 'Brought forward'), sum)
    for (const row of rows.slice(start, end)) drawRow(sheet, row, table)
    sum = amounts.slice(start, end).reduce((total, amount) => total + amount, sum)
    if (end < rows.length) drawCarried(sheet, sheet.t('次ページへ繰越', 'Carried forward'), sum)
    start = end
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

/** The head; where it is only repeated, it belongs to no table and isn't read out again. */
function drawHead(sheet: Sheet, table: Element | undefined) {
  const { t, y } = sheet
  const labels: Record<Name, string> = {
    description: t('摘要', 'Description'),
    quantity: t('数量', 'Quantity'),
    unit: t('単位', 'Unit'),
    unitPrice: t('単価', 'Unit price'),
    taxRate: t('税率', 'Tax'),
    amount: t('税抜金額', 'Net amount')
  }
  sheet.tint({ x: area.left, y, width: area.right - area.left, height: headHeight })
  const row = table && sheet.begin('TR', { parent: table })
  if (!row) sheet.decorate()
  for (const name of names) {
    if (row) sheet.begin('TH', { parent: row, scope: 'Column' })
    cell(sheet, labels[name], columns[name], { ...head, leading: headHeight })
  }
  sheet.rule(y, colours.accent, { width: 1 })
  sheet.y += headHeight
}

function drawRow(sheet: Sheet, row: Row, table: Element) {
  const top = sheet.y + padding
  const parent = sheet.begin('TR', { parent: table })
  for (const name of names) {
    sheet.begin('TD', { parent })
    sheet.stack(row[name], { ...placeIn(columns[name]), top }, body)
  }
  sheet.y += heightOf(row)
  sheet.rule(sheet.y, colours.rule)
}

/** The sum so far. It is none of the lines, and would be heard twice. */
function drawCarried(sheet: Sheet, label: string, sum: bigint) {
  sheet.decorate()
  const type = { ...carried, leading: carriedHeight }
  cell(sheet, label, columns.description, type)
  cell(sheet, grouped(sum), columns.amount, type)
  sheet.y += carriedHeight
  sheet.rule(sheet.y, colours.rule)
}

function cell(sheet: Sheet, text: string, column: Column, type: Type) {
  const y = baseline(sheet.y, type)
  sheet.fitted(text, { ...placeIn(column), y }, type, widthOf(column))
}

function heightOf(row: Row) {
  return Math.max(...names.map(name => row[name].length)) * body.leading + 2 * padding
}

/** ※ marks what is taxed at the reduced rate; the law asks for such a mark (消費税法 第57条の4). */
function rateText({ t }: Sheet, rate: InvoiceLine['taxRate']) {
  return { 10: '10%', 8: '※ 8%', 0: t('対象外', 'Exempt') }[rate]
}
