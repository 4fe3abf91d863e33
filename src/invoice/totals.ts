import { type RateTotal, totalsOf, yen } from './amounts.ts'
import type { Invoice } from './schema.ts'
import { area, baseline, body, colours, type Sheet, small, type Type } from './sheet.ts'

/** The block stands under the columns of numbers, in points: a label, and net amounts that end with the unit prices. */
const left = 272
const netRight = 428
const columnWidth = 92
const rowHeight = 19
const space = 14
const grand = { size: 13, leading: 30, weight: 'bold', colour: colours.accent } satisfies Type

/** The height of the whole block in points; it is never split. */
export function totalsHeight(invoice: Invoice): number {
  const { rates } = totalsOf(invoice)
  return space + small.leading + (rates.length + 1) * rowHeight + grand.leading
}

/** Net and tax of each rate, as the law asks (消費税法 第57条の4 第1項), and their sum. */
export function drawTotals(sheet: Sheet, invoice: Invoice) {
  const { t } = sheet
  const { rates, net, tax, total } = totalsOf(invoice)
  sheet.y += space
  drawLegend(sheet, rates)
  drawRow(sheet, ['', t('税抜金額', 'Net amount'), t('消費税額', 'Tax')], small)
  for (const rate of rates)
    drawRow(sheet, [labelOf(sheet, rate), yen(rate.net), yen(rate.tax)], body)
  drawRow(sheet, [t('小計', 'Subtotal'), yen(net), yen(tax)], { ...body, weight: 'bold' })
  drawGrand(sheet, yen(total))
}

function drawLegend(sheet: Sheet, rates: RateTotal[]) {
  if (!rates.some(({ rate }) => rate === 8)) return
  const legend = sheet.t('※は軽減税率（8%）対象', '※ marks the reduced tax rate (8%)')
  sheet.text(legend, { x: area.left, y: baseline(sheet.y, small) }, small)
}

function drawRow(sheet: Sheet, [label, net, tax]: [string, string, string], type: Type) {
  const leading = type === small ? small.leading : rowHeight
  const y = baseline(sheet.y, { ...type, leading })
  sheet.text(label, { x: left, y }, type)
  sheet.fitted(net, { x: netRight, y, align: 'right' }, type, columnWidth)
  sheet.fitted(tax, { x: area.right, y, align: 'right' }, type, columnWidth)
  sheet.y += leading
  sheet.rule(sheet.y, colours.rule, { from: left })
}

function drawGrand(sheet: Sheet, total: string) {
  const y = baseline(sheet.y, grand)
  sheet.rule(sheet.y, colours.accent, { from: left, width: 1 })
  sheet.text(sheet.t('合計（税込）', 'Total (incl. tax)'), { x: left, y }, { ...grand, size: 10 })
  const width = area.right - left - 96
  sheet.fitted(total, { x: area.right, y, align: 'right' }, grand, width)
  sheet.y += grand.leading
  sheet.rule(sheet.y, colours.accent, { from: left, width: 1 })
}

function labelOf({ t }: Sheet, { rate }: RateTotal) {
  const exempt = t('対象外', 'Exempt')
  return { 10: t('10%対象', '10%'), 8: t('8%対象 ※', '8% ※'), 0: exempt }[rate]
}
