import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCounter } from '../../test/counter.ts'
import { openFolder } from '../../test/line.ts'
import * as jobs from '../queue/job.ts'
import { perform } from '../queue/perform.ts'

type Counter = Awaited<ReturnType<typeof openCounter>>
type Sent = Record<string, string | Blob>

const typed = { title: '豆', email: 'hanako@example.jp', language: 'ja', submission: 'a-secret' }
const sheet = (text = '名前,数\n豆,3\n') => new File([text], '注文.csv', { type: 'text/csv' })

async function send({ webUrl }: Counter, fields: Sent, headers = {}) {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  const init = { method: 'POST', body, redirect: 'manual' as const }
  const response = await fetch(`${webUrl}/new/counter`, {
    ...init,
    headers: { 'accept-language': 'ja', ...headers }
  })
  return { response, page: await response.text() }
}

async function jobOf({ line }: Counter, response: Response): Promise<jobs.Job> {
  assert.equal(response.status, 303)
  const token = String(response.headers.get('location')).split('/').at(-1) as string
  return (await jobs.findByToken(line.database, token)) as jobs.Job
}

/** The fields of a page as its browser would send them again. */
function hiddenIn(page: string): Record<string, string> {
  const inputs = page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)
  return Object.fromEntries([...inputs].map(([, name, value]) => [name, value]))
}

for (const place of ['S3', 'a folder'])
  test(`a file that was sent reaches the work by way of ${place}`, async t => {
    const counter = await openCounter(t, place === 'S3' ? undefined : `file:${openFolder(t)}`)
    const { response } = await send(counter, { ...typed, sheet: sheet(), logo: new File([], '') })
    const job = await jobOf(counter, response)
    const payload = JSON.parse(job.payload)
    assert.match(payload.sheet.key, /^uploads\/[0-9a-f]{32}$/)
    assert.deepEqual(payload, {
      title: '豆',
      sheet: { key: payload.sheet.key, name: '注文.csv', bytes: 17 }
    })
    assert.equal(await perform(counter.line, { job: job.id, receiveCount: 1 }), 'finished')
    const done = await jobs.find(counter.line.database, job.id)
    assert.equal(done?.warnings, '["17,0"]')
  })

test('the key of a file can be told from its content by nobody', async t => {
  const counter = await openCounter(t)
  const keys = new Set<string>()
  for (const submission of ['', '', 'a-secret', 'another']) {
    const { response } = await send(counter, { ...typed, submission, sheet: sheet() })
    keys.add(JSON.parse((await jobOf(counter, response)).payload).sheet.key)
  }
  assert.equal(keys.size, 4)
})

test('a form with errors keeps the file, and takes another one in its place', async t => {
  const counter = await openCounter(t)
  const first = await send(counter, { ...typed, title: '', sheet: sheet() })
  assert.equal(first.response.status, 422)
  assert.match(first.page, /受け取り済み: <span class="file-name">注文\.csv<\/span> \(1 KB\)/)
  const kept = hiddenIn(first.page)
  const again = await send(counter, { ...typed, ...kept, sheet: new File([], '') })
  const { sheet: same } = JSON.parse((await jobOf(counter, again.response)).payload)
  assert.equal(same.key, kept['sheet.key'])
  const other = await send(counter, { ...typed, ...kept, sheet: sheet('もう一つ') })
  const { sheet: changed } = JSON.parse((await jobOf(counter, other.response)).payload)
  assert.notEqual(changed.key, same.key)
  assert.equal(changed.bytes, 12)
})

test('a file that may be left out can be taken back', async t => {
  const counter = await openCounter(t)
  const logo = new File(['png'], 'logo.png')
  const first = await send(counter, { ...typed, title: '', sheet: sheet(), logo })
  assert.match(first.page, /name="logo\.drop"/)
  assert.doesNotMatch(first.page, /name="sheet\.drop"/)
  const kept = hiddenIn(first.page)
  const { response } = await send(counter, { ...typed, ...kept, 'logo.drop': 'yes' })
  assert.equal(JSON.parse((await jobOf(counter, response)).payload).logo, undefined)
})

test('a form that has no field for a file takes none, with a page that helps', async t => {
  const { webUrl } = await openCounter(t)
  const headers = { 'content-type': 'multipart/form-data; boundary=x', 'accept-language': 'en' }
  const response = await fetch(`${webUrl}/new/plain`, { method: 'POST', headers, body: '--x--' })
  assert.equal(response.status, 415)
  assert.match(await response.text(), /what the form on the page sends/)
})

test('the switch of the language keeps the file', async t => {
  const counter = await openCounter(t)
  const { page } = await send(counter, { ...typed, sheet: sheet(), action: 'lang-en' })
  assert.match(page, /We have: <span class="file-name">注文\.csv<\/span>/)
})

test('the same form sent twice is one job, although it carries a file', async t => {
  const counter = await openCounter(t)
  const both = [1, 2].map(() => send(counter, { ...typed, sheet: sheet() }))
  const ids = (await Promise.all(both)).map(({ response }) => jobOf(counter, response))
  const [one, two] = await Promise.all(ids)
  assert.equal(one?.id, two?.id)
})

test('a file is judged by its size and content, and the form comes back filled in', async t => {
  const counter = await openCounter(t)
  const cases: [Blob, RegExp][] = [
    [sheet('x'.repeat(200_001)), /ファイルが大きすぎます。200 KB以内のファイルを選んでください。/],
    [sheet('a\0b'), /文字のファイルではありません。/],
    [sheet(''), /このファイルは空です。/]
  ]
  for (const [file, reason] of cases) {
    const { response, page } = await send(counter, { ...typed, sheet: file })
    assert.equal(response.status, 422)
    assert.match(page, reason)
    assert.ok(page.includes('value="豆"'))
    assert.doesNotMatch(page, /受け取り済み/)
  }
  const missing = await send(counter, typed)
  assert.match(missing.page, /表：ファイルを選んでください。/)
})

test('a body beyond all measure is read to its end and comes to an answer', async t => {
  const counter = await openCounter(t)
  const { response } = await send(counter, { ...typed, sheet: sheet('x'.repeat(30_000_000)) })
  assert.equal(response.status, 422)
  const text = await send(counter, { ...typed, title: 'x'.repeat(1_100_000), sheet: sheet() })
  assert.equal(text.response.status, 413)
  const files = await send(counter, { a: sheet(), b: sheet(), c: sheet() })
  assert.equal(files.response.status, 413)
})

test('a key that we have not made, or whose file is gone, is refused', async t => {
  const counter = await openCounter(t)
  const keys = ['counter/1.pdf', 'uploads/../secret', `uploads/${'0'.repeat(32)}`]
  for (const key of keys) {
    const fields = { ...typed, 'sheet.key': key, 'sheet.name': 'a', 'sheet.bytes': '3' }
    const { response, page } = await send(counter, fields)
    assert.equal(response.status, 422, key)
    assert.match(page, /保管期間が過ぎています。もう一度ファイルを選んでください。/)
  }
})

test('a form from another site is refused, with its file', async t => {
  const counter = await openCounter(t)
  const headers = { 'sec-fetch-site': 'cross-site' }
  assert.equal((await send(counter, { ...typed, sheet: sheet() }, headers)).response.status, 403)
})

test('a form that breaks off stores nothing and leaves the tier alive', async t => {
  const counter = await openCounter(t)
  const headers = { 'content-type': 'multipart/form-data; boundary=x' }
  const start = '--x\r\ncontent-disposition: form-data; name="sheet"; filename="a.csv"\r\n\r\nhalf'
  const init = { method: 'POST', headers, body: start }
  assert.equal((await fetch(`${counter.webUrl}/new/counter`, init)).status, 400)
  assert.equal((await fetch(`${counter.webUrl}/new/counter`)).status, 200)
})

test('sending files is limited for each address, and the form is not lost', async t => {
  const counter = await openCounter(t)
  const fields = { ...typed, title: '', sheet: sheet() }
  // The limit counts by the minute, so the clock stands still.
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  for (let count = 0; count < 60; count += 1) await send(counter, fields)
  const { response, page } = await send(counter, { ...fields, title: '残る' })
  assert.equal(response.status, 429)
  assert.ok(page.includes('value="残る"'))
})
