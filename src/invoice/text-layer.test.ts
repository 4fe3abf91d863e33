import assert from 'node:assert/strict'
import { test } from 'node:test'
import example from '../../examples/invoice.json' with { type: 'json' }
import { paymentUrl, pictures } from '../../examples/pictures/files.ts'
import { nastyLines } from '../../test/nasty.ts'
import { needs } from '../../test/needs.ts'
import { assertText, readers } from '../../test/readers.ts'
import { draw } from './pdf.ts'
import type { Invoice, InvoiceLine } from './schema.ts'

const { email: _, language: __, ...rest } = example
const rates = [
  { taxRate: 8, text: '※ 8%' },
  { taxRate: 10, text: '10%' },
  { taxRate: 0, text: '対象外' }
] as const
const rateOf = (index: number) => rates[index % 3] as (typeof rates)[number]

const lines = Array.from({ length: 45 }, (_, index): InvoiceLine => {
  const description = `${index + 1}) ${nastyLines[index % nastyLines.length]}`
  const { taxRate } = rateOf(index)
  return { description, quantity: index + 0.5, unit: '袋', unitPrice: 1000 + index, taxRate }
})
const invoice: Invoice = {
  ...(rest as Invoice),
  ...pictures,
  paymentUrl,
  lines,
  note: nastyLines.join('\n')
}

/** In whole numbers, which computers get right. */
const amounts = lines.map((_, index) => Math.floor(((2 * index + 1) * (1000 + index)) / 2))
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
const grouped = (number: number) => number.toLocaleString('en')

const rows = lines.map(({ description }, index) => {
  const numbers = [`${index}.5`, '袋', grouped(1000 + index), rateOf(index).text]
  return [description, ...numbers, grouped(amounts[index] as number)].join(' ')
})

const nets = rates.map((_, rate) => sum(amounts.filter((_, index) => index % 3 === rate)))
const taxes = nets.map((net, rate) => Math.floor((net * rateOf(rate).taxRate) / 100))
const total = grouped(sum([...nets, ...taxes]))
const [reduced = '', standard = '', exempt = ''] = nets.map(
  (net, rate) => `¥${grouped(net)}¥${grouped(taxes[rate] as number)}`
)

const header = `請求書 請求書番号2026-1123 発行日2026年11月23日 取引年月日2026年11月20日
〒530-0001 大阪府大阪市北区梅田三丁目4番5号 髙﨑商店 御中
株式会社まめや珈琲 〒150-0001 東京都渋谷区神宮前一丁目2番3号豆ビル4階 TEL 03-1234-5678 登録番号T9234567890123
下記のとおりご請求申し上げます。 ご請求金額（税込）¥${total} お支払期限 2026年12月31日`
const head = '摘要 数量 単位 単価 税率 税抜金額'
const closing = `※は軽減税率（8%）対象 税抜金額 消費税額
10%対象${standard} 8%対象 ※${reduced} 対象外${exempt} 小計¥${grouped(sum(nets))}¥${grouped(sum(taxes))} 合計（税込）¥${total}
オンラインでのお支払い QRコードか次のリンクから、お支払いいただけます。${paymentUrl}
お振込先 まめ銀行 渋谷支店 普通 1234567 カ)マメヤコーヒー 備考 ${nastyLines.join('')}`

/** The page with the rows from one to another, of which it is the `number`-th; from 0. */
function pageOf(start: number, end: number, number: number, count: number) {
  const sumTo = (end: number) => grouped(sum(amounts.slice(0, end)))
  return [
    number === 0 ? header : '',
    head,
    start > 0 ? `前ページより繰越${sumTo(start)}` : '',
    ...rows.slice(start, end),
    end < rows.length ? `次ページへ繰越${sumTo(end)}` : closing,
    `${number + 1} / ${count}`,
    number > 0 ? '請求書 2026-1123' : ''
  ].join('')
}

for (const [name, pagesOf] of Object.entries(readers))
  test(`the text of an invoice of several pages equals its input in ${name}`, {
    skip: needs('pdftotext')
  }, async () => {
    const { bytes } = await draw({ invoice, language: 'ja', createdAt: new Date(0) })
    const pages = await pagesOf(bytes)
    let start = 0
    for (const [number, page] of pages.entries()) {
      const printed = page.split('\n')
      const end = start + rows.filter(row => printed.includes(row)).length
      assertText(page, pageOf(start, end, number, pages.length))
      start = end
    }
    assert.ok(pages.length > 2)
    assert.equal(start, rows.length)
  })
