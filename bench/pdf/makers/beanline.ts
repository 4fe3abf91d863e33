import { draw } from '../../../src/invoice/pdf.ts'
import type { Invoice } from '../../../src/invoice/schema.ts'
import type { Maker } from '../maker.ts'

export async function open(invoice: Invoice): Promise<Maker> {
  const createdAt = new Date('2026-11-23T00:00:00Z')
  return async number =>
    (await draw({ invoice: { ...invoice, number }, language: 'ja', createdAt })).bytes
}
