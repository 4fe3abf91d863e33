import type { MailMerge } from '../src/jobs/mail-merge/schema.ts'

/** Orders of many invoices, as CSV and as the job that makes them. */

export const header = '請求書番号,宛名,郵便番号,住所,摘要,数量,単位,単価,税率'

/** The row with the number `n`, from 1. */
export function rowOf(
  n: number,
  changes: Partial<Record<'name' | 'quantity' | 'price', string>> = {}
) {
  const {
    name = `髙﨑商店 第${n}支店`,
    quantity = String((n % 7) + 1),
    price = '"28,400"'
  } = changes
  return `2026-${n},${name},530-0001,大阪府大阪市北区梅田${n}丁目,エチオピア 生豆,${quantity},袋,${price},8%`
}

export function csvOf(rows: string[], lineEnd = '\r\n'): string {
  return [header, ...rows, ''].join(lineEnd)
}

export function manyRows(count: number): string[] {
  return Array.from({ length: count }, (_, index) => rowOf(index + 1))
}

/** What all the invoices have in common. */
export const template = {
  columns: {
    number: '請求書番号',
    recipientName: '宛名',
    postalCode: '郵便番号',
    address: '住所',
    description: '摘要',
    quantity: '数量',
    unit: '単位',
    unitPrice: '単価',
    taxRate: '税率'
  },
  issuedOn: '2026-11-30',
  transactionOn: '2026-11-30',
  dueOn: '2026-12-31',
  honorific: '御中',
  taxRate: 10,
  issuer: {
    name: '株式会社まめや珈琲',
    address: '東京都渋谷区神宮前一丁目2番3号',
    registrationNumber: 'T9234567890123'
  },
  bank: 'まめ銀行 渋谷支店 普通 1234567'
} satisfies Omit<MailMerge, 'file'>

/** An order whose file is still to be stored under this key. */
export function mergeOrder(changes: Partial<MailMerge> = {}): MailMerge {
  const file = { key: `uploads/${'a'.repeat(32)}`, name: 'orders.csv', bytes: 1 }
  return { file, ...template, ...changes }
}
