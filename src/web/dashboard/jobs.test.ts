import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openLine } from '../../../test/line.ts'
import { record } from '../../queue/record.ts'

const headers = {
  authorization: `Basic ${Buffer.from('x:local').toString('base64')}`,
  'accept-language': 'en'
}

/** The dashboard with one job, which has failed. */
async function openDashboard(t: TestContext) {
  const { line, webUrl } = await openLine(t)
  const { job } = await record(line.database, {
    kind: 'invoice',
    payload: '{}',
    payload_hash: 'x',
    idempotency_key: null,
    email: 'hanako@example.jp',
    language: 'ja'
  })
  const waiting_at = Date.UTC(2026, 10, 23, 20, 5, 9)
  await line.database('jobs').update({ state: 'failed', waiting_at, error: 'Error: no ink' })
  const open = (path: string) => fetch(`${webUrl}${path}`, { headers })
  const read = async (path: string) => (await open(path)).text()
  const act = async (path: string) =>
    fetch(`${webUrl}${path}`, { method: 'POST', headers, redirect: 'manual' })
  return { job, open, read, act }
}

test('the dashboard shows times in Japan and says so', async t => {
  const { read } = await openDashboard(t)
  const page = await read('/dashboard/jobs/')
  assert.ok(page.includes('Recorded (JST)') && page.includes('>2026-11-24 05:05:09<'))
})

test('the search keeps the kind of a link, also of one that nobody orders', async t => {
  const { read } = await openDashboard(t)
  assert.match(await read('/dashboard/jobs/?kind=webhook'), /<option selected>webhook</)
  assert.match(await read('/dashboard/jobs/?kind=report'), /<option selected>report</)
  assert.doesNotMatch(await read('/dashboard/jobs/'), /<option[^>]*>webhook</)
})

test('acting and switching the language keep the list that the operator looks at', async t => {
  const { job, read, act } = await openDashboard(t)
  const page = await read('/dashboard/jobs/?state=failed&before=99')
  const path = `/dashboard/jobs/${job.id}/discard?state=failed&amp;before=99`
  assert.ok(page.includes(`action="${path}"`))
  assert.ok(page.includes('href="/dashboard/jobs/?state=failed&amp;before=99&amp;lang=ja"'))
  const { status, headers } = await act(path.replaceAll('&amp;', '&'))
  assert.equal(status, 303)
  const list = `/dashboard/jobs/?state=failed&before=99&done=discard-${job.id}`
  assert.equal(headers.get('location'), list)
  assert.ok((await read(list)).includes(`Job ${job.id}: discarded.`))
})

test('a job is discarded only after a second look, without JavaScript, too', async t => {
  const { read } = await openDashboard(t)
  const page = await read('/dashboard/jobs/')
  assert.match(
    page,
    /<details[^>]*><summary>Discard…<\/summary>.*undone.*<button>Discard<\/button>/
  )
  assert.match(page, /<form [^>]*retry[^>]*><button>Retry<\/button><\/form><details/)
})

test('the notice says nothing that the dashboard has not done', async t => {
  const { read } = await openDashboard(t)
  for (const done of ['retry-Call%20555', 'retry-', 'boil-1', 'retry-1&done=retry-2'])
    assert.doesNotMatch(await read(`/dashboard/jobs/?done=${done}`), /class="notice"/, done)
})

test('the dashboard is kept nowhere, and does nothing that is no action of it', async t => {
  const { job, act, open } = await openDashboard(t)
  assert.equal((await open('/dashboard/jobs/')).headers.get('cache-control'), 'no-store')
  for (const action of ['toString', 'constructor', '__proto__', 'delete'])
    assert.equal((await act(`/dashboard/jobs/${job.id}/${action}`)).status, 404, action)
})
