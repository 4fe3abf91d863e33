import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amountOf, grouped, totalsOf, yen } from './amounts.ts'
import type { InvoiceLine, Rounding, TaxRate } from './schema.ts'

const line = (unitPrice: number, taxRate: TaxRate = 10, quantity = 1): InvoiceLine => {
  return { description: '豆', quantity, unitPrice, taxRate }
}

test('tax is rounded once for each rate, not for each line', () => {
  const lines = [line(99), line(99), line(99), line(55, 8), line(55, 8)]
  assert.deepEqual(totalsOf({ lines }), {
    rates: [
      { rate: 10, net: 297n, tax: 29n },
      { rate: 8, net: 110n, tax: 8n }
    ],
    net: 407n,
    tax: 37n,
    total: 444n
  })
})

test('rates that do not occur are left out, exempt lines bear no tax', () => {
  const { rates, total } = totalsOf({ lines: [line(1000, 0)] })
  assert.deepEqual(rates, [{ rate: 0, net: 1000n, tax: 0n }])
  assert.equal(total, 1000n)
})

test('fractions are cut, rounded or raised as the issuer wishes', () => {
  const taxOf = (unitPrice: number, rounding: Rounding) =>
    totalsOf({ lines: [line(unitPrice)], rounding }).tax
  assert.deepEqual([taxOf(15, 'floor'), taxOf(15, 'round'), taxOf(15, 'ceil')], [1n, 2n, 2n])
  assert.deepEqual([taxOf(14, 'floor'), taxOf(14, 'round'), taxOf(14, 'ceil')], [1n, 1n, 2n])
  assert.deepEqual([taxOf(10, 'floor'), taxOf(10, 'round'), taxOf(10, 'ceil')], [1n, 1n, 1n])
})

test('a return cancels its sale to the yen, whatever the rounding', () => {
  for (const rounding of ['floor', 'round', 'ceil'] as const) {
    for (const unitPrice of [1, 3, 14, 15, 16, 333, 99_999]) {
      const sale = totalsOf({ lines: [line(unitPrice, 8, 12.345)], rounding })
      const back = totalsOf({ lines: [line(-unitPrice, 8, 12.345)], rounding })
      assert.equal(sale.total + back.total, 0n)
    }
  }
})

test('a line is its quantity times its price, without errors of floating point', () => {
  assert.equal(amountOf({ quantity: 1.005, unitPrice: 1000 }, 'floor'), 1005n)
  assert.equal(amountOf({ quantity: 0.1, unitPrice: 30 }, 'floor'), 3n)
  assert.equal(amountOf({ quantity: 12.5, unitPrice: 333 }, 'floor'), 4162n)
  assert.equal(amountOf({ quantity: 12.5, unitPrice: 333 }, 'round'), 4163n)
  assert.equal(amountOf({ quantity: 12.5, unitPrice: -333 }, 'round'), -4163n)
  const most = { quantity: 999_999, unitPrice: 999_999_999 }
  assert.equal(amountOf(most, 'floor'), 999_998_999_000_001n)
})

test('thousands of invoices add up as an independent calculation has them', () => {
  const random = generator(1123)
  for (let n = 0; n < 2000; n++) {
    const rounding = (['floor', 'round', 'ceil'] as const)[random(3)] as Rounding
    const lines = Array.from({ length: 1 + random(20) }, () => randomLine(random))
    const { rates, net, tax, total } = totalsOf({ lines, rounding })
    for (const rate of [10, 8, 0] as const) {
      const ofRate = lines.filter(line => line.taxRate === rate)
      const expected = ofRate.reduce((sum, line) => sum + longhand(line, rounding), 0n)
      const found = rates.find(it => it.rate === rate)
      assert.equal(found?.net ?? 0n, expected)
      assert.equal(found?.tax ?? 0n, decimalRound(expected * BigInt(rate), 2, rounding))
    }
    assert.equal(net + tax, total)
    assert.equal(
      total,
      rates.reduce((sum, it) => sum + it.net + it.tax, 0n)
    )
  }
})

test('amounts are written with separators and the sign before the yen', () => {
  assert.equal(yen(1234567n), '¥1,234,567')
  assert.equal(yen(-1500n), '-¥1,500')
  assert.equal(yen(0n), '¥0')
  assert.equal(grouped(-9_999_999_999_999n), '-9,999,999,999,999')
})

function randomLine(random: (below: number) => number): InvoiceLine {
  const rate = ([10, 8, 0] as const)[random(3)] as TaxRate
  return line(random(2_000_000) - 500_000, rate, (1 + random(5_000_000)) / 1000)
}

/** Multiplies the digits as they are written, by a decimal string. */
function longhand({ quantity, unitPrice }: InvoiceLine, rounding: Rounding) {
  const [whole = '0', decimals = ''] = String(quantity).split('.')
  const digits = BigInt(whole + decimals)
  return decimalRound(digits * BigInt(unitPrice), decimals.length, rounding)
}

/** Rounds a number written without its decimal point by looking at the digits behind it. */
function decimalRound(value: bigint, decimals: number, rounding: Rounding): bigint {
  const isNegative = value < 0n
  const digits = String(isNegative ? -value : value).padStart(decimals + 1, '0')
  const end = digits.length - decimals
  const behind = digits.slice(end)
  const isUp = rounding === 'ceil' ? /[1-9]/.test(behind) : rounding === 'round' && behind >= '5'
  const rounded = BigInt(digits.slice(0, end)) + (isUp ? 1n : 0n)
  return isNegative ? -rounded : rounded
}

function generator(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
