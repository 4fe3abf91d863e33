import type { Invoice, InvoiceLine, Rounding, TaxRate } from './schema.ts'

/** Amounts in yen. */
export type RateTotal = { rate: TaxRate; subtotal: number; tax: number }
export type Totals = {
  lines: number[]
  rates: RateTotal[]
  subtotal: number
  tax: number
  total: number
}

const rates: TaxRate[] = [10, 8, 0]

/**
 * The amounts of an invoice, computed in whole numbers. Consumption tax is rounded once for each rate,
 * not for each line (消費税法施行令 第70条の10).
 */
export function totalsOf(invoice: Invoice): Totals {
  const { rounding = 'floor' } = invoice
  const lines = invoice.lines.map(line => exactAmount(line, rounding))
  const perRate = rates
    .filter(rate => invoice.lines.some(line => line.taxRate === rate))
    .map(rate => {
      const own = lines.filter((_, index) => invoice.lines[index]?.taxRate === rate)
      const subtotal = sum(own)
      return { rate, subtotal, tax: divide(subtotal * BigInt(rate), 100n, rounding) }
    })
  const subtotal = sum(perRate.map(rate => rate.subtotal))
  const tax = sum(perRate.map(rate => rate.tax))
  return {
    lines: lines.map(Number),
    rates: perRate.map(({ rate, subtotal, tax }) => ({
      ...{ rate, subtotal: Number(subtotal), tax: Number(tax) }
    })),
    subtotal: Number(subtotal),
    tax: Number(tax),
    total: Number(subtotal + tax)
  }
}

/** `¥123,456`, `-¥1,500`. */
export function yen(amount: number): string {
  return `${amount < 0 ? '-' : ''}¥${Math.abs(amount).toLocaleString('en')}`
}

function exactAmount({ quantity, unitPrice }: InvoiceLine, rounding: Rounding): bigint {
  const thousandths = BigInt(Math.round(quantity * 1000))
  return divide(thousandths * BigInt(unitPrice), 1000n, rounding)
}

/**
 * Rounds the size of an amount and keeps its sign, so that a discount or a refund is the exact
 * opposite of the charge: floor goes towards zero, ceil away from it, round half away from it.
 */
function divide(amount: bigint, by: bigint, rounding: Rounding): bigint {
  const size = amount < 0n ? -amount : amount
  const up = { floor: 0n, round: by / 2n, ceil: by - 1n }[rounding]
  const rounded = (size + up) / by
  return amount < 0n ? -rounded : rounded
}

function sum(amounts: bigint[]) {
  return amounts.reduce((total, amount) => total + amount, 0n)
}
