import { PDFDocument } from 'pdf-lib'
import { open } from '../makers/naive.ts'
import { invoiceOf } from './row.ts'

/** As tutorials have it: a document for each row, whose pages are copied into one. */
export async function merge(rows: number): Promise<Uint8Array> {
  const whole = await PDFDocument.create()
  const make = await open(invoiceOf(0))
  for (let row = 0; row < rows; row += 1) {
    const one = await PDFDocument.load(await make(`2026-${row}`))
    for (const page of await whole.copyPages(one, one.getPageIndices())) whole.addPage(page)
  }
  return whole.save()
}
