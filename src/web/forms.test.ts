import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLine, order } from '../../test/line.ts'

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

/** The example order as a browser sends it. */
function filledIn(changes: Record<string, string> = {}) {
  const fields: Record<string, string> = {}
  const flatten = (value: unknown, name: string) => {
    if (typeof value !== 'object' || value === null) fields[name] = String(value)
    else
      for (const [key, part] of Object.entries(value)) flatten(part, name ? `${name}.${key}` : key)
  }
  flatten(order(changes), '')
  return fields
}

test('only orders are limited, and an order too many comes back as it was typed', async t => {
  const { webUrl } = await openLine(t)
  // The limit counts by the minute, so the clock stands still.
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  for (let count = 0; count < 80; count += 1)
    assert.equal((await send(webUrl, filledIn({ action: 'add-line' }))).status, 200)
  for (let count = 0; count < 60; count += 1)
    assert.equal((await send(webUrl, filledIn({ submission: 'once' }))).status, 303)
  const refused = await send(webUrl, filledIn({ number: 'もう一枚' }))
  assert.equal(refused.status, 429)
  assert.ok(Number(refused.headers.get('retry-after')) > 0)
  const page = await refused.text()
  assert.match(page, /role="alert"[^>]*>送信が続いたため、まだ受け付けていません。/)
  assert.ok(page.includes('value="もう一枚"') && page.includes('value="髙﨑商店"'))
})

test('a form comes back filled in when there were too many requests of any sort', async t => {
  const { webUrl } = await openLine(t)
  // The limit counts by the minute, so the clock stands still.
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const edit = () => send(webUrl, filledIn({ action: 'add-line' }))
  for (let batch = 0; batch < 12; batch += 1) await Promise.all(Array.from({ length: 50 }, edit))
  const refused = await edit()
  assert.equal(refused.status, 429)
  assert.ok((await refused.text()).includes('value="髙﨑商店"'))
})

test('the list of errors names the field and the line of each', async t => {
  const { webUrl } = await openLine(t)
  const wrong = { 'lines.1.quantity': '', 'lines.2.unitPrice': '1.5', email: '' }
  const page = await (await send(webUrl, filledIn(wrong))).text()
  const list = /<ul>.*?<\/ul>/s.exec(page)?.[0].replace(/<[^>]+>/g, '\n') ?? ''
  assert.match(list, /^2行目 数量：入力してください。$/m)
  assert.match(list, /^3行目 単価（税抜）：1円単位の整数で/m)
  assert.match(list, /^メールアドレス：入力してください。$/m)
  const english = await (
    await send(webUrl, filledIn({ ...wrong, checked: 'y', action: 'lang-en' }))
  ).text()
  assert.match(english, />Line 2, quantity: Fill this in\.</)
  assert.match(english, />Line 3, unit price \(net\): Enter whole yen/)
})

test('a form takes what forms send and nothing else, with a page that helps', async t => {
  const { webUrl } = await openLine(t)
  const bodies: [string, string][] = [
    ['application/json', '{"lines.0.description":5,"action":{}}'],
    ['text/plain', 'number=1']
  ]
  for (const [type, body] of bodies) {
    const headers = { 'content-type': type, 'accept-language': 'en' }
    const response = await fetch(`${webUrl}/new/invoice`, { method: 'POST', headers, body })
    assert.equal(response.status, 415, type)
    assert.match(await response.text(), /what the form on the page sends/)
  }
})

test('lines beyond what an invoice has are an error that says so', async t => {
  const { webUrl } = await openLine(t)
  const lines = Array.from({ length: 201 }, (_, at) => [`lines.${900 + at}.description`, '豆'])
  const page = await (await send(webUrl, filledIn(Object.fromEntries(lines)))).text()
  assert.match(page, /200行以内にしてください。/)
})

test('a form of more fields than any form has is too large', async t => {
  const { webUrl } = await openLine(t)
  const fields = Array.from({ length: 2001 }, (_, at) => [`f${at}`, ''])
  const response = await send(webUrl, Object.fromEntries(fields))
  assert.equal(response.status, 413)
})

test('fields that come twice or as no field at all do no harm', async t => {
  const { webUrl } = await openLine(t)
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  for (const body of [
    'number=1&number=2',
    '',
    'action=a&action=b',
    '__proto__=1&lines.0.__proto__=2'
  ]) {
    const response = await fetch(`${webUrl}/new/invoice`, { method: 'POST', headers, body })
    assert.ok([200, 422].includes(response.status), `${body}: ${response.status}`)
  }
})
