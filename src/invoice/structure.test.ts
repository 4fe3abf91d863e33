import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import example from '../../examples/invoice.json' with { type: 'json' }
import { openFolder } from '../../test/line.ts'
import { needs } from '../../test/needs.ts'
import { dataUrl, greyJpeg, png } from '../../test/picture.ts'
import { altsOf } from '../../test/reading.ts'
import { draw } from './pdf.ts'
import type { Invoice, InvoiceLine } from './schema.ts'

const { email: _, language: __, ...rest } = example
const paymentUrl = 'https://pay.example.jp/i/2026-1123?t=Zx8kQpW3&lang=ja'
const invoice: Invoice = {
  ...(rest as Invoice),
  paymentUrl,
  logo: dataUrl(greyJpeg()),
  seal: dataUrl(png())
}
const skip = needs('pdfinfo')

async function drawn(changes: Partial<Invoice> = {}) {
  const whole = { ...invoice, ...changes }
  return (await draw({ invoice: whole, language: 'ja', createdAt: new Date(0) })).bytes
}

/** The structure as poppler reads it: one line for each part or text, indented. */
function structureOf(t: TestContext, pdf: Uint8Array): string[] {
  const file = join(openFolder(t), 'a.pdf')
  writeFileSync(file, pdf)
  const text = execFileSync('pdfinfo', ['-struct-text', file], { maxBuffer: 2 ** 26 }).toString()
  return text.split('\n').map(line => line.replace(/ \((block|inline)\)|:$/g, ''))
}

const count = (lines: string[], wanted: string) =>
  lines.filter(line => line.trim() === wanted).length

test('title, facts, parties and remarks are parts in the order of reading', { skip }, async t => {
  const lines = structureOf(t, await drawn())
  const wanted = [
    '  H1',
    '    "請求書"',
    '        "請求書番号"',
    '        "2026-1123"',
    '    "髙﨑商店 御中"',
    '    "株式会社まめや珈琲"',
    '    "ご請求金額（税込）"',
    '    "¥144,444"',
    '        "摘要"',
    '        "エチオピア イルガチェフェ 生豆 20kg"',
    '        "合計（税込）"',
    '    "オンラインでのお支払い"',
    '    "お振込先"',
    '    "備考"'
  ]
  const places = wanted.map(line => lines.indexOf(line))
  assert.ok(!places.includes(-1), wanted[places.indexOf(-1)])
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b)
  )
})

test('each line is a row of the table, under heads of its columns', { skip }, async t => {
  const lines = structureOf(t, await drawn())
  assert.equal(count(lines, 'Table'), 2)
  assert.equal(count(lines, 'TR'), 1 + 4 + 1 + 2 + 2)
  assert.equal(count(lines, 'TD'), 4 * 6 + 1 + 4 * 2)
  assert.equal(count(lines, '/Scope /Column'), 6 + 2)
  assert.equal(count(lines, '/Scope /Row'), 4)
})

test('heads, sums and numbers that a page repeats are not read out', { skip }, async t => {
  const line = (index: number): InvoiceLine => {
    return { description: `豆${index}`, quantity: 1, unitPrice: 100, taxRate: 10 }
  }
  const pdf = await drawn({ lines: Array.from({ length: 90 }, (_, index) => line(index)) })
  const lines = structureOf(t, pdf)
  assert.equal(count(lines, '"摘要"'), 1)
  for (let index = 0; index < 90; index += 1) assert.equal(count(lines, `"豆${index}"`), 1)
  assert.doesNotMatch(lines.join('\n'), /繰越|1 \/ \d|請求書 2026-1123/)
})

test('a part of several invoices is under a part of its own', async () => {
  const { openDocument } = await import('../pdf/document.ts')
  const { drawInvoice } = await import('./pdf.ts')
  const document = openDocument({ title: '', language: 'ja', createdAt: new Date(0) })
  const part = document.addElement(document.top, 'Part')
  drawInvoice(document, invoice, 'ja', part)
  assert.deepEqual(document.top.kids, [part])
  assert.ok(part.kids.length > 10)
})

test('pictures say what they show', async () => {
  const { name } = invoice.issuer
  const alts = [`${name}のロゴ`, `${name}の印影`, `${paymentUrl} のQRコード`]
  assert.deepEqual(await altsOf(await drawn()), alts)
})

test('the address to pay at is a link', { skip: needs('pdfinfo') }, async t => {
  const file = join(openFolder(t), 'a.pdf')
  writeFileSync(file, await drawn())
  const links = execFileSync('pdfinfo', ['-url', file]).toString()
  assert.ok(links.includes(paymentUrl))
  const lines = structureOf(t, await drawn())
  assert.ok(lines.includes('    Link'))
  assert.ok(lines.includes(`      "${paymentUrl}"`))
})

test('date, amount and partner of the transaction can be searched for', { skip }, async t => {
  const file = join(openFolder(t), 'a.pdf')
  writeFileSync(file, await drawn({ recipient: { name: '髙﨑<商店>&Co.', honorific: '御中' } }))
  const xmp = execFileSync('pdfinfo', ['-meta', file]).toString()
  for (const fact of [
    '<fact:TransactionDate>2026-11-20<',
    '<fact:TransactionAmount>144444<',
    '<fact:Counterparty>髙﨑&lt;商店&gt;&amp;Co.<'
  ])
    assert.ok(xmp.includes(fact), fact)
})
