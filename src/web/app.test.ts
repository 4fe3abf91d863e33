import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../../test/engine.ts'
import { openLine, order, post, settled, statusOf } from '../../test/line.ts'

const form = {
  number: '2026-001',
  issuedOn: '2026-11-23',
  transactionOn: '2026-11-20',
  'issuer.name': '株式会社まめや珈琲',
  'issuer.address': '東京都渋谷区',
  'issuer.registrationNumber': 'Ｔ９２３４５６７８９０１２３',
  'recipient.name': '髙﨑商店',
  'recipient.honorific': '御中',
  'lines.0.description': '生豆',
  'lines.0.quantity': '２',
  'lines.0.unitPrice': '１，２００',
  'lines.0.taxRate': '8',
  'lines.1.description': '',
  'lines.1.taxRate': '10',
  rounding: 'floor',
  email: 'hanako@example.jp',
  language: 'ja'
}

async function send(webUrl: string, fields: Record<string, string>, headers = {}) {
  const body = new URLSearchParams(fields)
  return await fetch(`${webUrl}/new/invoice`, { method: 'POST', body, redirect: 'manual', headers })
}

/** Without the one that the script copies. */
function rowsIn(page: string) {
  return page.replace(/<template>.*<\/template>/s, '').match(/role="group"/g)?.length
}

async function countJobs(line: Awaited<ReturnType<typeof openLine>>) {
  const [row] = await line.line.database('jobs').count({ count: '*' })
  return Number(row?.['count'])
}

test('the first page explains and lists the kinds, in the language of the browser', async t => {
  const { webUrl } = await openLine(t)
  const ja = await (await fetch(webUrl, { headers: { 'accept-language': 'ja,en;q=0.5' } })).text()
  assert.ok(ja.includes('lang="ja"') && ja.includes('href="/new/invoice"') && ja.includes('請求書'))
  const en = await (await fetch(webUrl, { headers: { 'accept-language': 'en-GB' } })).text()
  assert.ok(en.includes('lang="en"') && en.includes('Invoice'))
  const chosen = await fetch(`${webUrl}/?lang=en`)
  assert.match(String(chosen.headers.get('set-cookie')), /^lang=en;/)
})

test('a good form is recorded and leads to the page of its job', async t => {
  const line = await openLine(t)
  const response = await send(line.webUrl, form)
  assert.equal(response.status, 303)
  const path = String(response.headers.get('location'))
  assert.match(path, /^\/jobs\/[0-9a-f]{32}$/)
  const job = await settled(line.webUrl, path.slice(6))
  assert.equal(job.state, 'finished')
  const page = await (await fetch(line.webUrl + path)).text()
  for (const text of ['完了', '請求書_2026-001.pdf', 'KB', 'ダウンロード'])
    assert.ok(page.includes(text), text)
})

test('a bad form comes back filled in, with each error beside its field, and nothing is recorded', async t => {
  const line = await openLine(t)
  const evil = '"><script>alert(1)</script>'
  const wrong = {
    ...form,
    number: evil,
    'issuer.registrationNumber': 'T123',
    'lines.0.quantity': 'two',
    email: 'nobody',
    issuedOn: ''
  }
  const response = await send(line.webUrl, wrong, { 'accept-language': 'ja' })
  assert.equal(response.status, 422)
  const page = await response.text()
  for (const id of ['issuer-registrationNumber', 'lines-0-quantity', 'email', 'issuedOn'])
    assert.match(page, new RegExp(`id="f-${id}" [^>]*aria-invalid="true"`), id)
  assert.equal(page.match(/class="error" id=/g)?.length, 4)
  assert.ok(page.includes('登録番号は「T」と13桁の数字です。'))
  assert.ok(page.includes('value="T123"') && page.includes('value="two"'))
  assert.ok(page.includes('&quot;&gt;&lt;script&gt;') && !page.includes('<script>alert'))
  assert.equal(await countJobs(line), 0)
  const english = await (await send(line.webUrl, wrong, { 'accept-language': 'en' })).text()
  assert.ok(english.includes('A registration number is “T” and 13 digits.'))
})

test('rules beyond the schema have their place beside the field, too', async t => {
  const { webUrl } = await openLine(t)
  const response = await send(webUrl, { ...form, transactionOn: '2026-02-31' })
  assert.equal(response.status, 422)
  assert.ok((await response.text()).includes('この日付は存在しません。'))
})

test('lines are added and removed without JavaScript, and nothing typed is lost', async t => {
  const line = await openLine(t)
  const added = await (await send(line.webUrl, { ...form, action: 'add-line' })).text()
  assert.equal(rowsIn(added), 3)
  assert.ok(added.includes('value="髙﨑商店"'))
  const removed = await (await send(line.webUrl, { ...form, action: 'remove-line-0' })).text()
  assert.equal(rowsIn(removed), 1)
  assert.ok(!removed.includes('value="生豆"'))
  assert.equal(await countJobs(line), 0)
})

test('the same form sent twice is one job, changed it is another', async t => {
  const line = await openLine(t)
  const again = { ...form, submission: '7b9e' }
  const [one, two] = await Promise.all([send(line.webUrl, again), send(line.webUrl, again)])
  assert.equal(one.headers.get('location'), two.headers.get('location'))
  await send(line.webUrl, { ...again, number: '2026-002' })
  assert.equal(await countJobs(line), 2)
})

test('a form sent from another site is refused', async t => {
  const line = await openLine(t)
  const foreign = [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]
  for (const headers of foreign) assert.equal((await send(line.webUrl, form, headers)).status, 403)
  assert.equal(await countJobs(line), 0)
})

test('an address that is none has a page that helps, and JSON in the API', async t => {
  const { webUrl } = await openLine(t)
  const page = await fetch(`${webUrl}/jobs/%E0%A4%A`, { headers: { 'accept-language': 'en' } })
  assert.equal(page.status, 400)
  assert.match(await page.text(), /This request can’t be read/)
  const answer = (await (await fetch(`${webUrl}/api/%E0`)).json()) as { error: object }
  assert.ok('message' in answer.error)
})

test('unknown addresses, kinds and tokens have a page that helps', async t => {
  const { webUrl } = await openLine(t)
  const nowhere = [
    '/nowhere',
    '/new/nothing',
    `/jobs/${'0'.repeat(32)}`,
    `/jobs/${'0'.repeat(32)}/file`
  ]
  for (const path of nowhere) {
    const response = await fetch(webUrl + path)
    assert.equal(response.status, 404, path)
    assert.match(String(response.headers.get('content-type')), /^text\/html/)
    assert.ok((await response.text()).includes('href="/"'))
  }
  assert.deepEqual(await (await fetch(`${webUrl}/healthz`)).json(), { status: 'ok', tier: 'web' })
})

test('live events tell each change until the job is over', async t => {
  const line = await openLine(t)
  const { body } = await post(line.webUrl, order())
  const response = await fetch(`${line.webUrl}/jobs/${body.token}/events?lang=en`)
  assert.match(String(response.headers.get('content-type')), /^text\/event-stream/)
  const events = (await response.text()).split('\n\n')
  assert.ok(events.at(-2)?.includes('Finished'))
  assert.ok(events.at(-2)?.includes('/file'))
})

test('characters that can forge what people read are removed at the border', async t => {
  const line = await openLine(t)
  const name = '株式\u202e会社\u200b\u0000ま\ud800め か\u3099'
  const { body } = await post(line.webUrl, order({ recipient: { name, honorific: '様' } }))
  await settled(line.webUrl, body.token)
  const [row] = await line.line.database('jobs').where({ token: body.token })
  assert.equal(JSON.parse(row.payload).recipient.name, '株式会社まめ が')
})

test('characters that cannot be printed become a warning on the page', async t => {
  const { webUrl } = await openLine(t)
  const { body } = await post(webUrl, order({ note: '𠮷野家 😀 مرحبا' }))
  const job = await settled(webUrl, body.token)
  assert.equal(job.state, 'finished')
  assert.match(job.warnings.join(), /〓/)
  const page = await (await fetch(body.url, { headers: { 'accept-language': 'ja' } })).text()
  assert.ok(page.includes('〓'))
})

test('the dashboard opens with the password only, and shows the jobs', async t => {
  const line = await openLine(t)
  const { body } = await post(line.webUrl, order())
  await eventually(async () => (await statusOf(line.webUrl, body.token)).state === 'finished')
  const url = `${line.webUrl}/dashboard/jobs/`
  assert.equal((await fetch(url)).status, 401)
  const headers = { authorization: `Basic ${Buffer.from('x:local').toString('base64')}` }
  const page = await (await fetch(`${url}?lang=en`, { headers })).text()
  assert.ok(page.includes(`href="/dashboard/jobs/${body.id}"`) && page.includes('Finished'))
})
