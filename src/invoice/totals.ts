import type { Element } from '../pdf/structure.ts'
import { type RateTotal, totalsOf, yen } from './amounts.ts'
import { columns } from './columns.ts'
import { layPayment } from './payment.ts'
import type { Invoice } from './schema.ts'
import { area, baseline, body, colours, inset, type Sheet, small, type Type } from './sheet.ts'

/** The block stands under the columns of numbers, in points: a label, net amounts and taxes. */
const left = 272
const taxRight = columns.amount.right
const netRight = columns.unitPrice.right
const columnWidth = 88
const rowHeight = 19
const headHeight = small.leading + 3
const space = 14
const grand = { size: 13, leading: 32, weight: 'bold', colour: colours.accent } satisfies Type

/** The height of the whole block in points; it is never split. */
export function totalsHeight(sheet: Sheet, { paymentUrl, ...invoice }: Invoice): number {
  const { rates } = totalsOf(invoice)
  const table = headHeight + (rates.length + 1) * rowHeight + grand.leading
  const payment = paymentUrl ? legendHeight(rates) + layPayment(sheet, paymentUrl).height : 0
  return space + Math.max(table, payment)
}

/** Net and tax of each rate, as the law asks (消費税法 第57条の4 第1項), and their sum; to the left, how to pay. */
export function drawTotals(sheet: Sheet, invoice: Invoice) {
  const end = sheet.y + totalsHeight(sheet, invoice)
  sheet.y += space
  const { rates } = totalsOf(invoice)
  if (legendHeight(rates) > 0) drawLegend(sheet)
  const top = sheet.y
  drawSums(sheet, invoice)
  const { paymentUrl } = invoice
  if (paymentUrl) layPayment(sheet, paymentUrl).draw(sheet, top + legendHeight(rates))
  sheet.y = end
}

/** Nothing is reserved for a legend that isn't needed. */
function legendHeight(rates: RateTotal[]) {
  return rates.some(({ rate }) => rate === 8) ? small.leading + 4 : 0
}

function drawLegend(sheet: Sheet) {
  const legend = sheet.t('※は軽減税率（8%）対象', '※ marks the reduced tax rate (8%)')
  sheet.begin('P')
  sheet.text(legend, { x: area.left + inset, y: baseline(sheet.y, small) }, small)
}

function drawSums(sheet: Sheet, invoice: Invoice) {
  const { t } = sheet
  const { rates, net, tax, total } = totalsOf(invoice)
  const table = sheet.begin('Table')
  drawRow(sheet, table, ['', t('税抜金額', 'Net amount'), t('消費税額', 'Tax')], small)
  for (const rate of rates)
    drawRow(sheet, table, [labelOf(sheet, rate), yen(rate.net), yen(rate.tax)], body)
  drawRow(sheet, table, [t('小計', 'Subtotal'), yen(net), yen(tax)], { ...body, weight: 'bold' })
  drawGrand(sheet, table, yen(total))
}

function drawRow(sheet: Sheet, table: Element, cells: [string, string, string], type: Type) {
  const [label, net, tax] = cells
  const isHead = type === small
  const leading = isHead ? small.leading : rowHeight
  const y = baseline(sheet.y, { ...type, leading })
  const parent = sheet.begin('TR', { parent: table })
  const begin = () =>
    isHead ? sheet.begin('TH', { parent, scope: 'Column' }) : sheet.begin('TD', { parent })
  if (isHead) sheet.begin('TD', { parent })
  else sheet.begin('TH', { parent, scope: 'Row' })
  sheet.text(label, { x: left + inset, y }, type)
  begin()
  sheet.fitted(net, { x: netRight, y, align: 'right' }, type, columnWidth)
  begin()
  sheet.fitted(tax, { x: taxRight, y, align: 'right' }, type, columnWidth)
  sheet.y += isHead ? headHeight : rowHeight
  sheet.rule(sheet.y, colours.rule, { from: left })
}

function drawGrand(sheet: Sheet, table: Element, total: string) {
  const y = baseline(sheet.y, grand)
  sheet.tint({ x: left, y: sheet.y, width: area.right - left, height: grand.leading })
  sheet.rule(sheet.y, colours.accent, { from: left, width: 1 })
  const parent = sheet.begin('TR', { parent: table })
  sheet.begin('TH', { parent, scope: 'Row' })
  const label = sheet.t('合計（税込）', 'Total (incl. tax)')
  sheet.text(label, { x: left + inset, y }, { ...grand, size: 10 })
  // Nothing in the column of net amounts: each row has as many cells as the head.
  sheet.begin('TD', { parent })
  sheet.begin('TD', { parent })
  const width = taxRight - left - 96
  sheet.fitted(total, { x: taxRight, y, align: 'right' }, grand, width)
  sheet.y += grand.leading
}

function labelOf({ t }: Sheet, { rate }: RateTotal) {
  const exempt = t('対象外', 'Exempt')
  return { 10: t('10%対象', '10%'), 8: t('8%対象 ※', '8% ※'), 0: exempt }[rate]
}
