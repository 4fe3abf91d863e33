import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { openPerson } from '../../test/person.ts'

const packed = { 'accept-encoding': 'gzip' }
const gunzipped = (bytes: Buffer) => gunzipSync(bytes).toString()

test('pages and their style sheet are packed for who unpacks them, and only for them', async t => {
  const { web } = await openPerson(t)
  for (const url of ['/', '/assets/style.css', '/assets/form.js']) {
    const plain = await web.inject({ url })
    const small = await web.inject({ url, headers: packed })
    assert.equal(plain.headers['content-encoding'], undefined, url)
    assert.equal(small.headers['content-encoding'], 'gzip', url)
    assert.match(String(small.headers.vary), /accept-encoding/i, url)
    assert.equal(gunzipped(small.rawPayload), plain.body, url)
  }
})

test('files of jobs and streams of events go as they are', async t => {
  const { web, path } = await openPerson(t)
  const file = await web.inject({ url: `${path}/file`, headers: packed })
  assert.deepEqual(file.headers['content-encoding'], undefined)
  assert.equal(file.headers['content-type'], 'application/pdf')
  assert.equal(Number(file.headers['content-length']), file.rawPayload.length)
  const webUrl = await web.listen({ host: '127.0.0.1', port: 0 })
  const ended = new AbortController()
  const events = await fetch(`${webUrl}${path}/events`, { signal: ended.signal })
  ended.abort()
  assert.equal(events.headers.get('content-encoding'), null)
  assert.match(String(events.headers.get('content-type')), /^text\/event-stream/)
})

test('a page names the version of its style sheet, which is kept for good', async t => {
  const { web } = await openPerson(t)
  const { body } = await web.inject({ url: '/' })
  const [, url = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(body) ?? []
  const control = async (of: string) => (await web.inject({ url: of })).headers['cache-control']
  assert.match(String(await control(url)), /immutable/)
  assert.equal(await control('/assets/style.css?v=0123456789ab'), 'no-cache')
  assert.equal(await control('/assets/form.js'), 'no-cache')
})
