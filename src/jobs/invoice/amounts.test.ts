import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { totalsOf, yen } from './amounts.ts'
import { checkInvoice, doubts } from './rules.ts'
import type { Invoice, InvoiceLine } from './schema.ts'

const file = new URL('../../../examples/invoice.json', import.meta.url)
const { email, language, ...example } = JSON.parse(readFileSync(file, 'utf8'))
const invoice = (changes: Partial<Invoice>): Invoice => ({ ...example, ...changes })
const line = (quantity: number, unitPrice: number, taxRate: 10 | 8 | 0): InvoiceLine => ({
  ...{ description: 'x', quantity, unitPrice, taxRate }
})

test('tax is rounded once for each rate, not for each line', () => {
  const lines = [line(1, 15, 10), line(1, 15, 10), line(1, 99, 8), line(1, 7, 0)]
  const { rates, total } = totalsOf(invoice({ lines }))
  assert.deepEqual(rates, [
    { rate: 10, subtotal: 30, tax: 3 },
    { rate: 8, subtotal: 99, tax: 7 },
    { rate: 0, subtotal: 7, tax: 0 }
  ])
  assert.equal(total, 146)
})

test('fractions are rounded as chosen, and a discount is the opposite of a charge', () => {
  const tax = (rounding: Invoice['rounding'], price: number) =>
    totalsOf(invoice({ rounding: rounding ?? 'floor', lines: [line(1, price, 10)] })).tax
  assert.deepEqual([tax('floor', 15), tax('round', 15), tax('ceil', 11)], [1, 2, 2])
  assert.deepEqual([tax('floor', -15), tax('round', -15), tax('ceil', -11)], [-1, -2, -2])
  assert.equal(totalsOf(invoice({ lines: [line(0.1, 3, 0)] })).total, 0)
})

test('a thousand random invoices agree with decimal arithmetic on strings', () => {
  let seed = 20261123
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  for (let n = 0; n < 1000; n += 1) {
    const lines = Array.from({ length: 1 + random(9) }, () =>
      line(
        (1 + random(99_999)) / 1000,
        random(2_000_000) - 100_000,
        ([10, 8, 0] as const)[random(3)] ?? 0
      )
    )
    const { rates, total } = totalsOf(invoice({ lines }))
    const expected = ([10, 8, 0] as const).map(rate => {
      const own = lines.filter(({ taxRate }) => taxRate === rate).map(floorProduct)
      const subtotal = own.reduce((sum, amount) => sum + amount, 0)
      return { rate, subtotal, tax: Math.trunc((subtotal * rate) / 100) }
    })
    const used = expected.filter(({ rate }) => lines.some(({ taxRate }) => taxRate === rate))
    assert.deepEqual(rates.map(plusZero), used.map(plusZero))
    assert.equal(
      total,
      used.reduce((sum, { subtotal, tax }) => sum + subtotal + tax, 0)
    )
  }
})

/** Works on the decimals as written, so it shares nothing with the code under test. */
function floorProduct({ quantity, unitPrice }: InvoiceLine) {
  const [whole = '0', decimals = ''] = quantity.toFixed(3).split('.')
  return Math.trunc((Number(whole + decimals) * unitPrice) / 1000)
}

function plusZero({ rate, subtotal, tax }: { rate: number; subtotal: number; tax: number }) {
  return [rate, subtotal + 0, tax + 0]
}

test('amounts have a yen sign and thousands', () => {
  assert.deepEqual([yen(0), yen(1234567), yen(-1500)], ['¥0', '¥1,234,567', '-¥1,500'])
})

test('the example is without a problem or a doubt', () => {
  assert.deepEqual(checkInvoice(invoice({})), [])
  assert.deepEqual(doubts(invoice({}), 'ja'), [])
})

const rules: [string, Partial<Invoice>, string][] = [
  ['a day that does not exist', { issuedOn: '2026-02-30' }, 'issuedOn'],
  ['a month that does not exist', { transactionOn: '2026-13-01' }, 'transactionOn'],
  ['a due date before the issue date', { dueOn: '2026-11-22' }, 'dueOn'],
  ['a quantity with four decimals', { lines: [line(0.1234, 1, 10)] }, 'lines.0.quantity'],
  ['a total below zero', { lines: [line(1, -1, 10)] }, 'lines'],
  ['a total beyond reason', { lines: Array(20).fill(line(999_999, 999_999_999, 0)) }, 'lines']
]
for (const [what, changes, path] of rules)
  test(`${what} is a problem of ${path}`, () => {
    assert.deepEqual(
      checkInvoice(invoice(changes)).map(problem => problem.path),
      [path]
    )
  })

test('a registration number without the check digit is only a doubt', () => {
  const issuer = { ...example.issuer, registrationNumber: 'T1234567890123' }
  assert.deepEqual(checkInvoice(invoice({ issuer })), [])
  assert.match(doubts(invoice({ issuer }), 'ja')[0] ?? '', /登録番号/)
})
