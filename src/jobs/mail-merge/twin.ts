import { setImmediate } from 'node:timers/promises'
import { cleanText } from '../../text.ts'
import { numberOf } from './row.ts'
import type { MailMerge } from './schema.ts'
import type { Row, Table } from './table.ts'

/** After so many rows, others get their turn. */
const stretch = 1000

/**
 * Tells rows with the same invoice number of each other. All of them are wrong, not only the later ones: they
 * may be the lines of one invoice, and the first alone would ask for too little.
 */
export async function markTwins(order: MailMerge, { header, rows }: Table): Promise<Row[]> {
  const place = header.indexOf(order.columns.number ?? '')
  // Numbers that are counted differ.
  if (place < 0) return rows
  const first = new Map<string, number>()
  const twins = new Map<number, number>()
  for (const [index, row] of rows.entries()) {
    if (index % stretch === 0) await setImmediate()
    const number = cleanText(numberOf(order, row, row.cells[place]))
    const other = first.get(number)
    if (other === undefined) first.set(number, row.number)
    else {
      twins.set(row.number, other)
      if (!twins.has(other)) twins.set(other, row.number)
    }
  }
  return rows.map(row => {
    const twin = twins.get(row.number)
    return twin === undefined ? row : { ...row, twin }
  })
}
