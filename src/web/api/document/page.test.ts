import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { openApi } from '../../../../test/api.ts'
import { openDashboard } from '../../../../test/dashboard.ts'
import { kinds } from '../../../jobs/index.ts'

test('the page tells of every operation and field in both languages, without a key', async t => {
  const { app } = await openApi(t)
  const read = async (language: string) => {
    const headers = { 'accept-language': language }
    const { statusCode, body } = await app.inject({ url: '/api/docs', headers })
    assert.equal(statusCode, 200)
    const { length } = gzipSync(body)
    assert.ok(length < 12_000, `${length} bytes to transfer`)
    assert.doesNotMatch(body, /<script(?! type="module" src=)| style=|undefined|\[object/)
    for (const kind of kinds)
      for (const name of Object.keys(kind.schema.properties))
        assert.ok(body.includes(`<code>${name}</code>`), `${kind.name}.${name}`)
    return body
  }
  const [ja, en] = [await read('ja'), await read('en')]
  assert.ok(ja.includes('>請求書の注文<') && ja.includes('ジョブの取消') && ja.includes('発行日'))
  assert.ok(
    en.includes('>Order: Invoice<') && en.includes('Cancel a job') && en.includes('Issue date')
  )
  assert.match(ja, /<html lang="ja">[\s\S]*詳しい説明と応答の文は、[\s\S]*<p lang="en">/)
  assert.doesNotMatch(en, /英語です/)
  assert.match(en, /<code>issuedOn<\/code>[^\n]*Issue date[^\n]*Enter a date such as 2026-04-01/)
  for (const page of [ja, en]) assert.ok(page.includes('<code>lines[].taxRate</code>'))
})

test('the dashboard leads to it', async t => {
  const { get, session } = await openDashboard(t)
  const { body } = await get('/', await session('look'))
  assert.match(body, /<nav class="sections"[\s\S]*<a href="\/api\/docs">API<\/a>[\s\S]*<\/nav>/)
})
