import assert from 'node:assert/strict'
import { test } from 'node:test'
import example from '../../examples/invoice.json' with { type: 'json' }
import { nastyLines } from '../../test/nasty.ts'
import { shownIn } from '../../test/shown.ts'
import { drawInvoice } from '../invoice/pdf.ts'
import type { Invoice } from '../invoice/schema.ts'
import { openDocument } from './document.ts'

const about = { title: '', language: 'ja', createdAt: new Date(0) }

/** One page of lines, and how many characters it must show. */
function pageOf(lines: string[]) {
  const document = openDocument(about)
  const page = document.page()
  for (const [index, line] of lines.entries())
    page.text(line, { x: 50, y: 50 + index * 20 }, { size: 12 })
  return document
}

test('no character of nasty lines is drawn as the box of a missing one', async () => {
  const [shown = []] = await shownIn(pageOf(nastyLines).save())
  const characters = [...nastyLines.join('')].filter(
    letter => !/\p{Variation_Selector}/u.test(letter)
  )
  assert.equal(shown.length, characters.length)
  assert.deepEqual(
    shown.filter(({ glyph }) => glyph === 0),
    []
  )
})

test('what no font has is drawn as 〓, which is no box', async () => {
  const text = 'مرحبا สวัสดี \u{10fffd}\ue000'
  const [shown = []] = await shownIn(pageOf([text]).save())
  assert.equal(shown.length, [...text].length)
  assert.deepEqual(
    shown.filter(({ glyph }) => glyph === 0),
    []
  )
})

test('a whole invoice shows no box', async () => {
  const { email: _, language: __, ...invoice } = example
  const document = openDocument(about)
  drawInvoice(document, invoice as Invoice, 'ja')
  const [shown = []] = await shownIn(document.save())
  assert.ok(shown.length > 400)
  assert.deepEqual(
    shown.filter(({ glyph }) => glyph === 0),
    []
  )
})
