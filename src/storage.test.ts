import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openEngine } from '../test/engine.ts'
import { startProxy } from '../test/proxy.ts'
import { openStorage } from './storage.ts'

test('a file is stored although S3 leaves the first request without an answer', {
  timeout: 60_000
}, async t => {
  const engine = await openEngine(t, 'sqlite::memory:', async () => ({}))
  const proxy = await startProxy(t, engine.aws.endpoint)
  const storage = openStorage({ ...engine.config, AWS_ENDPOINT_URL_S3: proxy.url })
  t.after(() => storage.close())
  proxy.silence(true)
  const stored = storage.put('a.pdf', Buffer.from('pdf'), { name: 'a.pdf', type: 'text/plain' })
  await proxy.swallowed()
  proxy.silence(false)
  assert.deepEqual(await stored, { key: 'a.pdf', name: 'a.pdf', bytes: 3 })
  const link = await engine.storage.link({ key: 'a.pdf', name: 'a.pdf' })
  assert.equal(await (await fetch(link)).text(), 'pdf')
})
