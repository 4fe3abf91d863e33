import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPerson } from '../../test/person.ts'
import { prune } from '../queue/prune.ts'

const day = 86_400_000

test('a link that the person closes serves nobody, for good, and its page says so', async t => {
  const { path, job, see, press, change } = await openPerson(t)
  assert.equal((await see(`${path}/file`)).statusCode, 200)
  assert.match((await see()).body, /action="\/jobs\/[0-9a-f]{32}\/revoke"/)
  const answer = await press('revoke')
  assert.deepEqual([answer.statusCode, answer.headers.location], [303, path])
  for (const way of ['file', 'file/0', 'preview.png', 'file/1'])
    assert.ok((await see(`${path}/${way}`)).statusCode >= 404, way)
  const file = await see(`${path}/file`)
  assert.equal(file.statusCode, 410)
  assert.match(file.body, /Whoever ordered the file has closed the link/)
  const page = (await see()).body
  assert.match(page, /The link was closed on/)
  assert.doesNotMatch(page, /\/file"|preview\.png|\/revoke"|mail-again"/)
  assert.match((await see(path, 'ja')).body, /にリンクを無効にしました/)
  const { revoked_at } = await job()
  await press('revoke')
  assert.equal((await job()).revoked_at, revoked_at, 'the first time counts')
  await change({ finished_at: Date.now() })
  assert.equal((await see(`${path}/file`)).statusCode, 410)
})

test('the API gives no address of a file whose link is closed', async t => {
  const { web, path, press } = await openPerson(t)
  const headers = { authorization: 'Bearer key' }
  const fileOf = async () => (await web.inject({ url: `/api${path}`, headers })).json().file
  assert.match((await fileOf()).url, /\/file$/)
  await press('revoke')
  const { name, url } = await fileOf()
  assert.deepEqual([name, url], ['a.pdf', null])
})

test('another site can’t close a link, and nothing but a finished one is closed', async t => {
  const { job, press, change, web } = await openPerson(t)
  assert.equal((await press('revoke', { 'sec-fetch-site': 'cross-site' })).statusCode, 403)
  const file = await job()
  await change({ file_key: null })
  await press('revoke')
  assert.equal((await job()).revoked_at, null)
  await change({ file_key: file.file_key, finished_at: Date.now() - 31 * day })
  await press('revoke')
  assert.equal((await job()).revoked_at, null)
  const nobody = `/jobs/${'0'.repeat(32)}/revoke`
  assert.equal((await web.inject({ method: 'POST', url: nobody })).statusCode, 404)
})

test('a file that was taken away has expired, and is not an address that is wrong', async t => {
  const { engine, path, see, change } = await openPerson(t)
  await change({ finished_at: Date.now() - 31 * day })
  await prune(engine)
  const { statusCode, body } = await see(`${path}/file`)
  assert.equal(statusCode, 410)
  assert.match(body, /This link has expired/)
  assert.match(body, new RegExp(`href="${path}">To the page of this order`))
})
