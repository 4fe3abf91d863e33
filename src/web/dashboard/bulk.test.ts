import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openLine } from '../../../test/line.ts'
import { progressPage } from './bulk-page.ts'

const headers = {
  authorization: `Basic ${Buffer.from('x:local').toString('base64')}`,
  'accept-language': 'en'
}

/** The dashboard with failed jobs, every third of which had no ink. */
async function openDashboard(t: TestContext, count: number) {
  const { line, webUrl } = await openLine(t)
  const rows = Array.from({ length: count }, (_, n) => ({
    ...{ token: n.toString(16).padStart(32, '0'), kind: 'none', state: 'failed', payload: '{}' },
    ...{ email: 'hanako@example.jp', language: 'ja', payload_hash: 'x', waiting_at: n },
    ...{ queued_at: n, error: n % 3 === 0 ? 'no <ink>' : 'no paper' }
  }))
  await line.database('jobs').insert(rows)
  const read = async (path: string) => (await fetch(`${webUrl}${path}`, { headers })).text()
  const send = async (path: string, body: string, more = {}) => {
    const init = { method: 'POST', headers: { ...headers, ...more } }
    return await fetch(webUrl + path, { ...init, body: new URLSearchParams(body) })
  }
  const discarded = async () => (await line.database('jobs').where({ state: 'discarded' })).length
  return { read, send, discarded }
}

/** What the form of a page would send, and where. */
function formIn(page: string) {
  const [, action = '', fields = ''] =
    /<form method="post" action="([^"]*bulk[^"]*)"[^>]*>(.*?)<button/s.exec(page) ?? []
  const named = [...fields.matchAll(/name="([^"]*)" value="([^"]*)"/g)]
  const body = named.map(([, name, value]) => `${name}=${value}`).join('&')
  return { path: action.replaceAll('&amp;', '&'), body }
}

test('all that a list has are discarded after a page that says what and how many', async t => {
  const { read, send, discarded } = await openDashboard(t, 60)
  const list = await read('/dashboard/jobs/?state=failed&q=%3CINK%3E')
  const [, link = ''] = /href="([^"]*bulk\/discard[^"]*)"/.exec(list) ?? []
  assert.match(link, /by=words/)
  const page = await read(link.replaceAll('&amp;', '&'))
  assert.match(page, /<b>20 jobs<\/b>/)
  assert.match(page, /<dd>&lt;INK&gt; \(words in the text\)<\/dd>/)
  assert.equal(await discarded(), 0)
  const { path, body } = formIn(page)
  const result = await (await send(path, body)).text()
  assert.match(result, /Done\. 20 jobs: discarded\./)
  assert.doesNotMatch(result, /go-on/)
  assert.equal(await discarded(), 20)
  assert.match(await (await send(path, body)).text(), /Done\. 0 jobs/)
})

test('nothing is done to many by a link, by another site, or without a state', async t => {
  const { read, send, discarded } = await openDashboard(t, 3)
  const all = '/dashboard/jobs/bulk/discard?state=failed'
  const { body } = formIn(await read(all))
  assert.doesNotMatch(await read(`${all}&${body}`), /data-go-on|<script/)
  assert.equal((await send(all, body, { 'sec-fetch-site': 'cross-site' })).status, 403)
  assert.equal((await send(all, '')).status, 404)
  for (const query of ['', '?state=finished', '?state=waiting', '?state=failed&q=ink'])
    assert.equal((await send(`/dashboard/jobs/bulk/discard${query}`, body)).status, 404, query)
  assert.equal(await discarded(), 0)
})

test('a portion tells how far it has come, and carries all that the next one needs', () => {
  const asked = { state: 'failed' as const, kind: 'invoice' }
  const about = {
    action: 'retry' as const,
    asked,
    count: 4000,
    isOpen: false,
    before: undefined,
    actor: null
  }
  const page = progressPage(about, { done: 1500, moved: 3, before: 812 }, 'en')
  assert.match(page, /1,500 jobs: run again\. 3 had moved on/)
  assert.match(page, /<progress max="4000" value="1503"/)
  const { path, body } = formIn(page)
  assert.equal(path, '/dashboard/jobs/bulk/retry?state=failed&kind=invoice')
  assert.equal(body, 'done=1500&moved=3&before=812&count=4000&open=0')
  assert.match(page, /<script type="module" src="\/assets\/go-on.js">/)
})
