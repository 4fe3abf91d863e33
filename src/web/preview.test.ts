import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPerson } from '../../test/person.ts'
import { most } from '../pdf/image/bad-image.ts'
import { readChunks } from '../pdf/image/png-chunks.ts'
import { previewKeyOf } from '../queue/file.ts'
import { prune } from '../queue/prune.ts'

const day = 86_400_000

test('the picture of a finished job shows its first page, and is drawn once', async t => {
  const { engine, path, see, job } = await openPerson(t)
  assert.match((await see()).body, new RegExp(`<img src="${path}/preview.png"`))
  const [one, two] = await Promise.all([see(`${path}/preview.png`), see(`${path}/preview.png`)])
  assert.deepEqual([one?.statusCode, two?.statusCode], [200, 200])
  assert.equal(one?.headers['content-type'], 'image/png')
  assert.equal(one?.headers['cache-control'], 'private, no-cache')
  const { width, height } = readChunks(one?.rawPayload as Buffer, most)
  assert.deepEqual([width, height], [680, 962])
  const key = previewKeyOf(String((await job()).file_key))
  assert.deepEqual(await engine.storage.read(key), one?.rawPayload)
  await engine.storage.put(key, Buffer.from('kept'), { name: 'p.png', type: 'image/png' })
  assert.equal((await see(`${path}/preview.png`)).body, 'kept')
})

test('whoever may not have the file has no picture of it', async t => {
  const { path, see, change } = await openPerson(t)
  const url = `${path}/preview.png`
  for (const columns of [
    { finished_at: Date.now() - 31 * day },
    { finished_at: Date.now(), revoked_at: 1 },
    { revoked_at: null, state: 'running' as const },
    { state: 'finished' as const, file_name: 'a.zip' },
    { file_name: 'a.pdf', file_bytes: 30_000_000 }
  ]) {
    await change(columns)
    assert.equal((await see(url)).statusCode, 404, JSON.stringify(columns))
  }
  assert.equal((await see(`/jobs/${'0'.repeat(32)}/preview.png`)).statusCode, 404)
})

test('where no picture can be made there is a sheet of paper, and the page works', async t => {
  const { path, see } = await openPerson(t, Buffer.from('%PDF-1.7 that is none'))
  const { statusCode, headers } = await see(`${path}/preview.png`)
  assert.deepEqual([statusCode, headers.location], [302, '/assets/sheet.svg'])
  assert.equal(headers['cache-control'], 'no-store')
  assert.equal((await see('/assets/sheet.svg')).statusCode, 200)
  assert.equal((await see()).statusCode, 200)
})

test('the picture goes with the file', async t => {
  const { engine, path, see, change, job } = await openPerson(t)
  await see(`${path}/preview.png`)
  const key = previewKeyOf(String((await job()).file_key))
  await engine.storage.read(key)
  await change({ finished_at: Date.now() - 31 * day })
  await prune(engine)
  await assert.rejects(engine.storage.read(key), /no longer in the storage/)
})
