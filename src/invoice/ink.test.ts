import assert from 'node:assert/strict'
import { test } from 'node:test'
import example from '../../examples/invoice.json' with { type: 'json' }
import { compareInk } from '../../test/ink.ts'
import { needs } from '../../test/needs.ts'
import { openDocument } from '../pdf/document.ts'
import { drawInvoice } from './pdf.ts'
import type { Invoice } from './schema.ts'

const { email: _, language: __, ...rest } = example
const invoice: Invoice = {
  ...(rest as Invoice),
  note: 'いろはにほへと、鬱蒼たる檸檬≒☑😀𠮷髙﨑𩸽。齋藤・渡邊・辻邉 ABCDEFGhijklm 0123456789 ⽇日 ﾊﾞﾘｽﾀ ①㈱℃'
}

test('every text of an invoice has the ink that whole fonts give it', {
  skip: needs('pdftoppm')
}, async () => {
  const document = openDocument({ title: '', language: 'ja', createdAt: new Date(0) })
  const count = await compareInk(document, recorder => drawInvoice(recorder, invoice, 'ja'))
  assert.ok(count > 60)
})
