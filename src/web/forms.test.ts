import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLine } from '../../test/line.ts'

async function send(webUrl: string, fields: Record<string, string>) {
  const headers = { 'accept-language': 'ja' }
  const body = new URLSearchParams(fields)
  return await fetch(`${webUrl}/new/invoice`, { method: 'POST', body, redirect: 'manual', headers })
}

test('the errors of a form are said in the other language when it is switched', async t => {
  const { webUrl } = await openLine(t)
  const page = await (await send(webUrl, { number: '2026-001' })).text()
  assert.match(page, /name="checked"/)
  const switched = await send(webUrl, { number: '2026-001', checked: 'yes', action: 'lang-en' })
  assert.match(String(switched.headers.get('set-cookie')), /^lang=en;/)
  const english = await switched.text()
  assert.ok(english.includes('Please check what you entered'))
  assert.ok(english.includes('value="2026-001"'))
})

test('a new form leaves it to the browser to fill fields again', async t => {
  const { webUrl } = await openLine(t)
  const page = await (await fetch(`${webUrl}/new/invoice`)).text()
  assert.doesNotMatch(page, /autocomplete="off"/)
})
