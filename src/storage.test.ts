import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openEngine } from '../test/engine.ts'
import { openFolder } from '../test/line.ts'
import { startProxy } from '../test/proxy.ts'
import { GiveUp } from './queue/outcome.ts'
import { openStorage, type Storage } from './storage.ts'

const about = { name: '請求書.zip', type: 'application/zip' }

/** 12 MB, which S3 gets in three parts. */
async function* pieces(failure?: Error) {
  for (let piece = 0; piece < 120; piece += 1) {
    if (failure && piece === 100) throw failure
    yield Buffer.alloc(100_000, piece)
  }
}

async function openBoth(t: TestContext): Promise<[Storage, string][]> {
  const folder = openFolder(t)
  const s3 = await openEngine(t, 'sqlite::memory:', async () => ({}))
  const files = await openEngine(t, 'sqlite::memory:', async () => ({}), `file:${folder}`)
  return [
    [s3.storage, ''],
    [files.storage, folder]
  ]
}

test('what comes in pieces is stored as a whole', async t => {
  for (const [storage] of await openBoth(t)) {
    const stored = await storage.put('all.zip', pieces(), about)
    assert.deepEqual(stored, { key: 'all.zip', name: '請求書.zip', bytes: 12_000_000 })
    const bytes = await storage.read('all.zip')
    assert.equal(bytes.length, 12_000_000)
    assert.deepEqual([bytes[0], bytes.at(-1)], [0, 119])
  }
})

test('what breaks off in the middle is not stored at all', async t => {
  for (const [storage, folder] of await openBoth(t)) {
    const failure = new Error('The drawing broke off.')
    await assert.rejects(storage.put('half.zip', pieces(failure), about), failure)
    await assert.rejects(storage.read('half.zip'), GiveUp)
    if (folder) assert.deepEqual(existsSync(join(folder, 'half.zip')) || readdirSync(folder), [])
  }
})

test('a file that is stored anew is read as it was until the new one is whole', async t => {
  for (const [storage] of await openBoth(t)) {
    await storage.put('a.zip', Buffer.from('before'), about)
    async function* slow() {
      yield Buffer.from('af')
      assert.equal(String(await storage.read('a.zip')), 'before')
      yield Buffer.from('ter')
    }
    await storage.put('a.zip', slow(), about)
    assert.equal(String(await storage.read('a.zip')), 'after')
  }
})

const leadingOut = [
  '',
  '.',
  '..',
  '../a',
  'a/../../b',
  '/etc/passwd',
  'a//b',
  'a/',
  './a',
  'a\\..\\b'
]
leadingOut.push(
  'a\0b',
  'a\nb',
  'a/.hidden',
  '..%2fa',
  'file:///etc/passwd',
  'a?b',
  '豆',
  'a'.repeat(201)
)

test('a key that leads elsewhere is refused, whatever is to be done with it', async t => {
  for (const [storage] of await openBoth(t)) {
    for (const key of leadingOut) {
      const no = /is no key of the storage/
      await assert.rejects(storage.put(key, Buffer.from('x'), about), no, key)
      await assert.rejects(storage.read(key), no, key)
      await assert.rejects(storage.link({ key, name: 'a' }), no, key)
      await assert.rejects(storage.remove(['a', key]), no, key)
    }
    await storage.put('a/b-1.pdf', Buffer.from('x'), about)
    assert.equal(String(await storage.read('a/b-1.pdf')), 'x')
  }
})

test('a name of a file begins no other header of its download', async t => {
  for (const [storage] of await openBoth(t)) {
    const name = 'a"\r\nSet-Cookie: x=1\r\n\r\n<script>.pdf'
    const { key } = await storage.put('a.pdf', Buffer.from('x'), { name, type: 'application/pdf' })
    const link = await storage.link({ key, name })
    if (link.protocol === 'file:') continue
    const { headers } = await fetch(link)
    assert.equal(headers.get('set-cookie'), null)
    assert.match(headers.get('content-disposition') ?? '', /^attachment; filename="/)
  }
})

test('a file is stored although S3 leaves the first request without an answer', async t => {
  const engine = await openEngine(t, 'sqlite::memory:', async () => ({}))
  const proxy = await startProxy(t, engine.aws.endpoint)
  const storage = openStorage({ ...engine.config, AWS_ENDPOINT_URL_S3: proxy.url })
  t.after(() => storage.close())
  proxy.silence(true)
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const stored = storage.put('a.pdf', Buffer.from('pdf'), { name: 'a.pdf', type: 'text/plain' })
  await proxy.swallowed()
  proxy.silence(false)
  t.mock.timers.tick(15_000)
  t.mock.timers.reset()
  assert.deepEqual(await stored, { key: 'a.pdf', name: 'a.pdf', bytes: 3 })
  const link = await engine.storage.link({ key: 'a.pdf', name: 'a.pdf' })
  assert.equal(await (await fetch(link)).text(), 'pdf')
})
