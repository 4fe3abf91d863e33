import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reportMail } from './mail.ts'

const order = {
  email: 'hanako@example.jp',
  language: 'ja',
  url: 'https://jobs.example.jp/a'
} as const

test('a mail tells title and pages, and links to the page of the job', () => {
  const { to, subject, text, html } = reportMail({ title: '焙煎の報告' }, 12, order)
  assert.equal(to, 'hanako@example.jp')
  assert.equal(subject, '報告書「焙煎の報告」ができました')
  for (const wanted of ['焙煎の報告', '12', order.url])
    for (const body of [text, html]) assert.ok(body.includes(wanted), wanted)
})

test('a title that looks like HTML is only text in a mail', () => {
  const title = `"><script>alert('1')</script>&`
  const { text, html } = reportMail({ title }, 1, { ...order, language: 'en' })
  assert.ok(text.includes(title))
  assert.doesNotMatch(html, /<script/)
})
