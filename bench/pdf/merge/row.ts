import example from '../../../examples/invoice.json' with { type: 'json' }
import type { Invoice } from '../../../src/invoice/schema.ts'

const { email: _, language: __, ...invoice } = example
const names =
  '佐藤鈴木高橋田中伊藤渡邊山本中村小林加藤吉田山田佐々木山口松本井上木村林斎藤清水髙﨑塚濵'

/** The invoice of a row: four lines, with a number, a name and amounts of its own. */
export function invoiceOf(row: number): Invoice {
  const name = [3, 7, 11].map(step => names[(row * step) % names.length]).join('')
  const lines = invoice.lines.map(line => ({ ...line, unitPrice: line.unitPrice + (row % 997) }))
  return {
    ...(invoice as Invoice),
    number: `2026-${row}`,
    recipient: { ...(invoice as Invoice).recipient, name: `${name}商店` },
    lines: lines as Invoice['lines']
  }
}

export const language = 'ja'
export const createdAt = new Date('2026-11-23T00:00:00Z')
