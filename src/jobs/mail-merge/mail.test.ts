import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mergeMail } from './mail.ts'

const order = (language: 'ja' | 'en') => ({
  email: 'keiri@example.jp',
  language,
  url: 'https://x.jp/'
})

test('the mail tells how many invoices there are, and how many rows were skipped', () => {
  const { subject, text } = mergeMail(2000, 1234, order('ja'))
  assert.equal(subject, '請求書2,000件ができました')
  assert.match(text, /作成した件数: 2,000\nとばした行: 1,234\n/)
  assert.equal(mergeMail(2000, 0, order('en')).subject, '2,000 invoices are ready')
  assert.doesNotMatch(mergeMail(2000, 0, order('ja')).text, /とばした行/)
})

test('a single invoice is no plural', () => {
  const { subject, html } = mergeMail(1, 0, order('en'))
  assert.equal(subject, 'One invoice is ready')
  assert.match(html, />Open the invoice</)
})
