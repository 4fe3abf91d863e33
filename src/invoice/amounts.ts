import type { Invoice, InvoiceLine, Rounding, TaxRate } from './schema.ts'

/** Yen of all lines of one rate: before tax, and the tax on that. */
export type RateTotal = { rate: TaxRate; net: bigint; tax: bigint }

/** All amounts are whole yen. `rates` has only those that occur, the highest first. */
export type Totals = { rates: RateTotal[]; net: bigint; tax: bigint; total: bigint }

const taxRates: TaxRate[] = [10, 8, 0]

/** The sums of an invoice; tax is rounded once for each rate (消費税法施行令 第70条の10). */
export function totalsOf({ lines, rounding = 'floor' }: Pick<Invoice, 'lines' | 'rounding'>) {
  const rates = taxRates
    .map(rate => ({ rate, lines: lines.filter(line => line.taxRate === rate) }))
    .filter(({ lines }) => lines.length > 0)
    .map(({ rate, lines }): RateTotal => {
      const net = sum(lines.map(line => amountOf(line, rounding)))
      return { rate, net, tax: divide(net * BigInt(rate), 100n, rounding) }
    })
  const net = sum(rates.map(rate => rate.net))
  const tax = sum(rates.map(rate => rate.tax))
  return { rates, net, tax, total: net + tax } satisfies Totals
}

/** Yen of one line before tax. Fractions are rounded here, as tax is, so that the column adds up. */
export function amountOf(line: Pick<InvoiceLine, 'quantity' | 'unitPrice'>, rounding: Rounding) {
  const thousandths = BigInt(Math.round(line.quantity * 1000))
  return divide(thousandths * BigInt(line.unitPrice), 1000n, rounding)
}

/** `¥1,234`; `-¥1,234`. */
export function yen(amount: bigint): string {
  return amount < 0n ? `-¥${grouped(-amount)}` : `¥${grouped(amount)}`
}

const thousands = /\B(?=(?:\d{3})+$)/g

/** `1,234`. */
export function grouped(amount: bigint): string {
  return String(amount).replace(thousands, ',')
}

/**
 * Divides and rounds the magnitude, whatever the sign: 切り捨て goes towards zero, 切り上げ away from it,
 * 四捨五入 takes halves away from it. So a return of goods cancels their sale to the yen.
 */
function divide(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  const magnitude = dividend < 0n ? -dividend : dividend
  const rest = magnitude % divisor
  const isUp = rounding === 'ceil' ? rest > 0n : rounding === 'round' && rest * 2n >= divisor
  const quotient = magnitude / divisor + (isUp ? 1n : 0n)
  return dividend < 0n ? -quotient : quotient
}

function sum(amounts: bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}
