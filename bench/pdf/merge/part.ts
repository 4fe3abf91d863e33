import { drawInvoice } from '../../../src/invoice/pdf.ts'
import { openDocument } from '../../../src/pdf/document.ts'
import { openPart } from '../../../src/pdf/part.ts'
import { createdAt, invoiceOf, language } from './row.ts'

/** Rows from one number on, as part of a whole; what a thread calls. */
export function draw({ from, count }: { from: number; count: number }) {
  const opened = openPart()
  for (let row = from; row < from + count; row += 1) {
    const document = openDocument({ title: '', language, createdAt })
    const invoice = invoiceOf(row)
    drawInvoice(document, invoice, language)
    opened.add(document, `${invoice.number} ${invoice.recipient.name}`)
  }
  const { bytes, ...part } = opened.close()
  return { bytes, part, pages: part.pages.length, warnings: [] }
}
