import assert from 'node:assert/strict'
import { test } from 'node:test'
import example from '../../examples/invoice.json' with { type: 'json' }
import { checkInvoice, warningsAbout } from './rules.ts'
import type { Invoice, InvoiceLine } from './schema.ts'

const { email: _, language: __, ...rest } = example
const invoice = rest as Invoice

/** The paths of what is wrong after some changes. */
function pathsOf(changes: Partial<Invoice>) {
  return checkInvoice({ ...invoice, ...changes }).map(({ path }) => path)
}

function lineWith(changes: Partial<InvoiceLine>): InvoiceLine {
  return { description: '豆', quantity: 1, unitPrice: 100, taxRate: 10, ...changes }
}

test('the example has no problem', () => {
  assert.deepEqual(checkInvoice(invoice), [])
  assert.deepEqual(warningsAbout(invoice), [])
})

test('days that the calendar lacks are refused', () => {
  assert.deepEqual(pathsOf({ issuedOn: '2026-02-31' }), ['issuedOn'])
  assert.deepEqual(pathsOf({ transactionOn: '2026-13-01' }), ['transactionOn'])
  assert.deepEqual(pathsOf({ dueOn: '2027-02-29' }), ['dueOn'])
  assert.deepEqual(pathsOf({ issuedOn: '2026-00-10', dueOn: '2026-04-31' }), ['issuedOn', 'dueOn'])
  assert.deepEqual(pathsOf({ dueOn: '2028-02-29' }), [])
})

test('years that no business can mean are refused', () => {
  for (const day of ['0026-11-23', '0000-01-01', '1999-12-31', '2100-01-01', '9999-12-31']) {
    const dates = { issuedOn: day, transactionOn: day, dueOn: day }
    const problems = checkInvoice({ ...invoice, ...dates })
    assert.deepEqual(
      problems.map(({ path }) => path),
      Object.keys(dates)
    )
    for (const { sentence } of problems) {
      assert.match(sentence.ja, /^2000年から2099年までの.*。$/)
      assert.match(sentence.en, /from 2000 to 2099\.$/)
    }
  }
  for (const day of ['2000-01-01', '2099-12-31'])
    assert.deepEqual(pathsOf({ issuedOn: day, transactionOn: day, dueOn: day }), [])
})

test('payment is not due before the invoice is issued', () => {
  assert.deepEqual(pathsOf({ dueOn: '2026-11-22' }), ['dueOn'])
  assert.deepEqual(pathsOf({ dueOn: '2026-11-23' }), [])
})

test('an invoice without a due date has no problem', () => {
  const { dueOn: _, ...others } = invoice
  assert.deepEqual(checkInvoice(others), [])
})

test('a quantity has at most three decimals', () => {
  const quantities = [1.2345, 0.001, 999_998.999, 0.1 + 0.2, 12.5]
  const lines = quantities.map(quantity => lineWith({ quantity }))
  assert.deepEqual(pathsOf({ lines }), ['lines.0.quantity', 'lines.3.quantity'])
})

test('a negative total is refused, zero is not', () => {
  assert.deepEqual(pathsOf({ lines: [lineWith({ unitPrice: -1 })] }), ['lines'])
  assert.deepEqual(pathsOf({ lines: [lineWith({}), lineWith({ unitPrice: -100 })] }), [])
})

test('the total is at most 9,999,999,999,999 yen', () => {
  const lines = (unitPrice: number) => [
    lineWith({ quantity: 10_000, unitPrice: 999_999_999, taxRate: 0 }),
    lineWith({ unitPrice, taxRate: 0 })
  ]
  assert.deepEqual(pathsOf({ lines: lines(9999) }), [])
  assert.deepEqual(pathsOf({ lines: lines(10_000) }), ['lines'])
})

test('all text together has a limit, counted in characters', () => {
  const lines = (length: number) =>
    Array.from({ length: 200 }, () => lineWith({ description: '𠮷'.repeat(length) }))
  assert.deepEqual(pathsOf({ lines: lines(140) }), [])
  assert.deepEqual(pathsOf({ lines: lines(150) }), ['lines'])
})

test('an address that deceives about its host is refused', () => {
  for (const paymentUrl of [
    'https://pay.example.jp@evil.example/',
    'https://a:b@c.jp/',
    'https://['
  ])
    assert.deepEqual(pathsOf({ paymentUrl }), ['paymentUrl'])
  assert.deepEqual(pathsOf({ paymentUrl: 'https://pay.example.jp/@me?mail=a@b.jp' }), [])
})

test('pictures do not count as text', () => {
  assert.deepEqual(pathsOf({ logo: `data:image/png;base64,${'A'.repeat(40_000)}` }), ['logo'])
})

test('every problem is said in both languages', () => {
  const bad = { issuedOn: '2026-02-31', lines: [lineWith({ quantity: 1.00001, unitPrice: -5 })] }
  const problems = checkInvoice({ ...invoice, ...bad })
  assert.equal(problems.length, 3)
  for (const { sentence } of problems) {
    assert.match(sentence.ja, /。$/)
    assert.match(sentence.en, /\.$/)
  }
})

test('a registration number whose check digit is not a corporate number’s is only warned of', () => {
  const numbered = (registrationNumber: string) => {
    return { ...invoice, issuer: { ...invoice.issuer, registrationNumber } }
  }
  assert.deepEqual(warningsAbout(numbered('T7000012050002')), [])
  assert.deepEqual(checkInvoice(numbered('T8000012050002')), [])
  assert.match(warningsAbout(numbered('T8000012050002'))[0]?.ja ?? '', /登録番号/)
  assert.match(warningsAbout(numbered('T0000000000000'))[0]?.en ?? '', /check digit/)
})
