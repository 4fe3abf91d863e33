import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openCounter } from '../../../test/counter.ts'
import { openEngine } from '../../../test/engine.ts'
import * as jobs from '../../queue/job.ts'
import { perform } from '../../queue/perform.ts'
import { buildWeb } from '../app.ts'

const typed = { title: '豆', email: 'hanako@example.jp' }

async function api(t: TestContext) {
  const counter = await openCounter(t)
  const call = async (
    path: string,
    body: string | Uint8Array,
    more: Record<string, string> = {}
  ) => {
    const headers = { authorization: 'Bearer local', 'content-type': 'application/json', ...more }
    const init = { method: 'POST', headers, body: Buffer.from(body) }
    const response = await fetch(`${counter.webUrl}/api${path}`, init)
    return { status: response.status, body: (await response.json()) as Record<string, string> }
  }
  return { ...counter, call }
}

test('a program sends a file first, and then the order with its key', async t => {
  const { call, line } = await api(t)
  const type = { 'content-type': 'text/csv' }
  const bytes = Buffer.alloc(150_000, 'a')
  const { status, body } = await call('/uploads?name=a.csv', bytes, type)
  assert.equal(status, 201)
  assert.deepEqual(body, { key: body['key'], name: 'a.csv', bytes: 150_000 })
  const { email, title } = typed
  const ordered = await call('/jobs/counter', JSON.stringify({ email, title, sheet: body }))
  assert.equal(ordered.status, 202)
  await perform(line, { job: Number(ordered.body['id']), receiveCount: 1 })
  const job = await jobs.find(line.database, Number(ordered.body['id']))
  assert.equal(job?.warnings, '["150000,0"]')
})

test('a small file may be in the order, which is the same order when it is sent again', async t => {
  const { call } = await api(t)
  const { email, title } = typed
  const sheets = [
    { name: 'a.csv', text: '豆' },
    { name: 'a.csv', base64: Buffer.from('豆').toString('base64') }
  ]
  const ids = []
  for (const sheet of sheets) {
    const key = { 'idempotency-key': 'k' }
    const { status, body } = await call(
      '/jobs/counter',
      JSON.stringify({ email, title, sheet }),
      key
    )
    assert.equal(status, 202)
    ids.push(body['id'])
  }
  assert.equal(ids[0], ids[1])
})

test('the API refuses files that are empty, too large or without a key', async t => {
  const { call } = await api(t)
  const type = { 'content-type': 'application/octet-stream' }
  assert.equal((await call('/uploads', '', type)).status, 422)
  assert.equal((await call('/uploads', Buffer.alloc(10_000_001), type)).status, 413)
  assert.equal((await call('/uploads', 'a', { ...type, authorization: '' })).status, 401)
  const { email, title } = typed
  const order = { email, title, sheet: { name: 'a.csv', text: 'x'.repeat(200_001) } }
  const refused = await call('/jobs/counter', JSON.stringify(order))
  assert.equal(refused.status, 422)
  assert.match(JSON.stringify(refused.body), /"path":"sheet","ja":"ファイルが大きすぎます/)
})

test('the same file has the same key for its sender only, and the name that people gave it', async t => {
  const line = { ...(await openEngine(t, 'sqlite::memory:', async () => ({}))), kinds: [] }
  const config = { ...line.config, API_KEYS: 'one,two' }
  const web = await buildWeb({ ...line, config })
  t.after(() => web.close())
  const send = async (key: string, name: string) => {
    const url = `/api/uploads?name=${encodeURIComponent(name)}`
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'text/csv' }
    const answer = await web.inject({ method: 'POST', url, headers, payload: 'the same' })
    return answer.json() as { key: string; name: string }
  }
  const [one, again, two] = [await send('one', 'a'), await send('one', 'b'), await send('two', 'a')]
  assert.equal(one.key, again.key)
  assert.notEqual(one.key, two.key)
  const names = {
    'C:\\豆\\a.csv': 'a.csv',
    '../../etc/passwd': 'passwd',
    'a\r\n\u202eb': 'a b',
    '': 'file'
  }
  for (const [given, kept] of Object.entries(names))
    assert.equal((await send('one', given)).name, kept)
  assert.equal((await send('one', 'x'.repeat(300))).name.length, 255)
})
