import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import example from '../../examples/invoice.json' with { type: 'json' }
import { needs } from '../../test/needs.ts'
import { textOf } from '../../test/proof.ts'
import { closePool } from '../pdf/pool.ts'
import { amountOf, grouped } from './amounts.ts'
import { draw, renderInvoice } from './pdf.ts'
import type { Invoice, InvoiceLine, TaxRate } from './schema.ts'

after(closePool)

const { email: _, language: __, ...rest } = example
const invoice = rest as Invoice
const createdAt = new Date('2026-11-23T00:00:00Z')
const ja = { language: 'ja', createdAt } as const
const en = { language: 'en', createdAt } as const

const long = Array.from({ length: 200 }, (_, index): InvoiceLine => {
  const description = `<${index + 1}>有機栽培のコーヒー生豆（浅煎り用）、${'水洗式'.repeat(index % 40)}。`
  const taxRate = [10, 8, 0][index % 3] as TaxRate
  return { description, quantity: index + 0.5, unit: 'ケース', unitPrice: 1000 + index, taxRate }
})

/** Without spaces and line breaks: text that wraps is found as one. */
const solid = (text: string) => text.replace(/\s/g, '')

test('every string of the invoice can be found and copied', {
  skip: needs('pdftotext')
}, async () => {
  const { bytes, warnings, pages } = await renderInvoice(invoice, ja)
  const text = solid(textOf(bytes).join(''))
  for (const wanted of stringsOf(invoice)) assert.ok(text.includes(solid(wanted)), wanted)
  const labels =
    '請求書番号 発行日 取引年月日 お支払期限 登録番号 摘要 数量 単位 単価 税率 お振込先 備考'
  for (const wanted of labels.split(' ')) assert.ok(text.includes(wanted), wanted)
  for (const wanted of [
    '2026年11月23日',
    '〒530-0001',
    '髙﨑商店御中',
    '12.5',
    '※は軽減税率（8%）対象'
  ])
    assert.ok(text.includes(wanted), wanted)
  assert.deepEqual(warnings, [])
  assert.equal(pages, 1)
})

test('a postal code that was typed without its hyphen is printed with it', {
  skip: needs('pdftotext')
}, async () => {
  const recipient = { ...invoice.recipient, postalCode: '1000001' }
  const { bytes } = await renderInvoice({ ...invoice, recipient }, ja)
  assert.ok(textOf(bytes).join('').includes('〒100-0001'))
})

test('amounts and tax of each rate are printed', { skip: needs('pdftotext') }, async () => {
  const { bytes } = await renderInvoice(invoice, ja)
  const text = textOf(bytes).join('').replaceAll('\n', ' ')
  for (const wanted of ['85,200', '45,000', '4,162', '-1,500', '28,400', '※ 8%'])
    assert.ok(text.includes(wanted), wanted)
  assert.match(text, /ご請求金額（税込） ¥144,444/)
  assert.match(text, /10%対象 ¥47,662 ¥4,766 8%対象 ※ ¥85,200 ¥6,816 小計 ¥132,862 ¥11,582/)
  assert.match(text, /合計（税込） ¥144,444/)
})

test('an English invoice has English labels', { skip: needs('pdftotext') }, async () => {
  const { bytes } = await renderInvoice(invoice, en)
  const text = textOf(bytes).join('\n')
  for (const wanted of [
    'Invoice',
    'Amount due',
    '23 November 2026',
    'Bill to',
    'From',
    'Unit price',
    'Note'
  ])
    assert.ok(text.includes(wanted), wanted)
  assert.doesNotMatch(text, /請求書|摘要|備考/)
  assert.ok(text.includes('株式会社まめや珈琲'))
})

test('200 lines take several pages with a head, whole rows and numbers', {
  skip: needs('pdftotext')
}, async () => {
  const { bytes, pages } = await renderInvoice({ ...invoice, lines: long }, ja)
  const texts = textOf(bytes)
  assert.ok(pages > 5)
  assert.equal(texts.length, pages)
  for (const [index, text] of texts.entries()) {
    assert.match(text, /摘要\n数量\n単位|摘要 数量 単位/)
    assert.ok(text.includes(`${index + 1} / ${pages}`))
    assert.equal(text.includes('請求書 2026-1123'), index > 0)
  }
  for (const { description } of long)
    assert.equal(texts.filter(text => solid(text).includes(description)).length, 1, description)
})

test('the sum so far is carried from page to page', { skip: needs('pdftotext') }, async () => {
  const { bytes } = await draw({ invoice: { ...invoice, lines: long }, ...ja })
  const texts = textOf(bytes).map(text => text.replaceAll('\n', ' '))
  const numbers = texts.map(text => text.match(/<\d+>/g)?.length ?? 0)
  let lines = 0
  for (const [page, text] of texts.entries()) {
    const sumOf = (count: number) =>
      grouped(long.slice(0, count).reduce((sum, line) => sum + amountOf(line, 'floor'), 0n))
    const from = /前ページより繰越 ([\d,]+)/.exec(text)?.[1]
    const to = /次ページへ繰越 ([\d,]+)/.exec(text)?.[1]
    assert.equal(from, lines > 0 && lines < long.length ? sumOf(lines) : undefined, `page ${page}`)
    lines += numbers[page] ?? 0
    assert.equal(to, lines < long.length ? sumOf(lines) : undefined, `page ${page}`)
  }
  assert.equal(lines, long.length)
})

test('the totals stay whole, on a page with at least one line', {
  skip: needs('pdftotext')
}, async () => {
  for (let count = 8; count < 24; count++) {
    const { bytes } = await draw({ invoice: { ...invoice, lines: long.slice(0, count) }, ...ja })
    const page = textOf(bytes).find(text => text.includes('消費税額')) ?? ''
    assert.match(page, /小計/)
    assert.match(page, /合計（税込）/)
    assert.ok(solid(page).includes(long[count - 1]?.description ?? '?'), `${count} lines`)
  }
})

test('a last line of few words never stands alone on a page', {
  skip: needs('pdftotext')
}, async () => {
  for (let count = 8; count < 70; count++) {
    const lines = Array.from({ length: count }, (_, index) => {
      return { description: `豆<${index}>`, quantity: 1, unitPrice: 100, taxRate: 10 as const }
    })
    const { bytes } = await draw({ invoice: { ...invoice, lines }, ...ja })
    const page = textOf(bytes).find(text => text.includes('消費税額')) ?? ''
    assert.ok((page.match(/豆<\d+>/g)?.length ?? 0) > 1, `${count} lines`)
  }
})

test('a long note goes on over pages', { skip: needs('pdftotext') }, async () => {
  const note = Array.from({ length: 200 }, (_, index) => `${index + 1}番目の行`).join('\n')
  const { bytes, pages } = await renderInvoice({ ...invoice, note }, ja)
  assert.ok(pages > 3)
  assert.ok(
    solid(
      textOf(bytes)
        .join('')
        .replace(/請求書 \S+|\d+ \/ \d+/g, '')
    ).includes('199番目の行200番目の行')
  )
})

test('what no font has is warned of in the language of the document', async () => {
  const arabic = { ...invoice, note: 'مر' }
  const { warnings } = await renderInvoice(arabic, ja)
  assert.deepEqual(warnings, ['この文字は印刷できないため〓で表しました: م (U+0645)、ر (U+0631)'])
  assert.match(
    (await renderInvoice(arabic, en)).warnings[0] ?? '',
    /^These characters can't be printed/
  )
  const thai = String.fromCodePoint(...Array.from({ length: 30 }, (_, index) => 0xe01 + index))
  const many = await renderInvoice({ ...invoice, note: thai }, ja)
  assert.match(many.warnings[0] ?? '', /ほか10字$/)
})

test('a wrong check digit is warned of', async () => {
  const issuer = { ...invoice.issuer, registrationNumber: 'T1234567890123' }
  const { warnings } = await renderInvoice({ ...invoice, issuer }, ja)
  assert.match(warnings[0] ?? '', /登録番号/)
})

/** All strings that people typed, line by line, as they are to be read on paper. */
function stringsOf({ number, issuer, recipient, lines, bank, note }: Invoice): string[] {
  const names = [number, issuer.name, issuer.registrationNumber, issuer.phone, recipient.name]
  const texts = [issuer.address, recipient.address, bank, note].flatMap(text => text?.split('\n'))
  const cells = lines.flatMap(({ description, unit }) => [description, unit])
  return [...names, ...texts, ...cells].filter(
    text => text !== undefined && text !== ''
  ) as string[]
}
