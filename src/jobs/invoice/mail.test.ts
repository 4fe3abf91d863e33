import assert from 'node:assert/strict'
import { test } from 'node:test'
import example from '../../../examples/invoice.json' with { type: 'json' }
import type { Invoice } from '../../invoice/schema.ts'
import { invoiceMail } from './mail.ts'

const { email: _, language: __, ...rest } = example
const invoice = rest as Invoice
const order = {
  email: 'keiri@example.jp',
  language: 'ja',
  url: 'https://jobs.example.jp/a'
} as const

test('a mail tells number, parties and total, and links to the page of the job', () => {
  const { to, subject, text, html } = invoiceMail(invoice, order)
  assert.equal(to, 'keiri@example.jp')
  assert.equal(subject, '請求書 2026-1123 ができました')
  for (const wanted of ['2026-1123', '髙﨑商店 御中', '株式会社まめや珈琲', '¥144,444', order.url])
    for (const body of [text, html]) assert.ok(body.includes(wanted), wanted)
})

test('names that look like HTML are only text in a mail', () => {
  const name = `"><script>alert('1')</script>&`
  const issuer = { ...invoice.issuer, name }
  const recipient = { ...invoice.recipient, name }
  const { text, html } = invoiceMail({ ...invoice, number: name, issuer, recipient }, order)
  assert.equal(text.split(name).length, 4)
  assert.doesNotMatch(html, /<script|"><script/)
  const escaped = '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;'
  assert.equal(html.split(escaped).length, 4)
})
