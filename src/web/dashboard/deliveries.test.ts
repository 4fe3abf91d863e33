import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openDashboard } from '../../../test/dashboard.ts'
import { listActions } from '../../queue/action.ts'
import { enqueue } from '../../queue/enqueue.ts'
import * as webhooks from '../../queue/webhook.ts'
import { note } from '../../queue/webhook-attempt.ts'
import { orderFor, testMessage } from '../../webhook/message.ts'

const url = 'https://erp.example.jp/beanline'

/** An operator with one endpoint, and one delivery to it that has failed. */
async function open(t: TestContext) {
  const dashboard = await openDashboard(t)
  const { database } = dashboard.engine
  const cookie = await dashboard.session('act')
  const get = async (path: string) => (await dashboard.get(`/deliveries/${path}`, cookie)).body
  const post = (path: string, fields: Record<string, string> = {}) =>
    dashboard.post(`/deliveries/${path}`, cookie, fields)
  const webhook = await webhooks.add(
    database,
    { url, events: webhooks.events, kinds: null },
    '花子'
  )
  const order = orderFor(testMessage(webhook, Date.now(), 'a'))
  const { job } = await enqueue(dashboard.line, order)
  await dashboard.engine.underway.ended()
  const failed = { state: 'failed', attempts: 16, error: 'The receiver answered 500.\n at x' }
  await database('jobs').where({ id: job.id }).update(failed)
  await note(database, {
    ...{ webhook_id: webhook.id, job_id: job.id, at: Date.now(), ms: 80, is_ok: false },
    ...{ status: 500, said: '<b>no</b>', signature: 'v1,abc' }
  })
  const stateOf = async (id = job.id) => (await database('jobs').where({ id }).first()).state
  const done = async () => {
    const actions = await listActions(database, {})
    return actions.map(({ action, outcome }) => `${action} ${outcome}`).toReversed()
  }
  const { get: seen, post: sent } = dashboard
  return { ...dashboard, seen, sent, database, get, post, webhook, job, stateOf, done }
}

test('the page has the endpoints with their health, and what is sent; never a secret', async t => {
  const { get, webhook, job, database } = await open(t)
  const page = await get('')
  for (const text of [
    url,
    'Active',
    'none yet',
    '<dd>1</dd>',
    '花子',
    'webhook.test',
    'answered 500.'
  ])
    assert.ok(page.includes(text), text)
  assert.equal(page.includes(webhook.secret), false)
  const at = Date.UTC(2026, 10, 26)
  const good = { webhook_id: webhook.id, job_id: job.id, at, ms: 1, is_ok: true, status: 200 }
  await note(database, { ...good, said: '', signature: 'v1,x' })
  await webhooks.pause(database, webhook, 'The receiver answered 410 Gone.')
  const after = await get('')
  for (const text of ['2026-11-26 09:00:00 JST', 'Paused', '410 Gone', 'Resume'])
    assert.ok(after.includes(text), text)
})

test('the list is narrowed by endpoint and state, and goes on from page to page', async t => {
  const { get, webhook, job, line } = await open(t)
  const row = `href="/dashboard/deliveries/${job.id}"`
  for (const [query, isThere] of [
    [`?webhook=${webhook.id}`, true],
    [`?webhook=${webhook.id}&state=failed`, true],
    [`?webhook=${webhook.id}&state=finished`, false],
    ['?state=failed', true],
    ['?state=waiting', false],
    ['?webhook=99', false],
    ['?webhook=x&state=none', true]
  ] as const)
    assert.equal((await get(query)).includes(row), isThere, query)
  for (let n = 0; n < 25; n += 1)
    await enqueue(line, orderFor(testMessage(webhook, Date.now(), String(n))))
  await line.underway.ended()
  const first = await get(`?webhook=${webhook.id}`)
  assert.equal(first.includes(row), false)
  const [, next = ''] = /rel="next" href="\/dashboard\/deliveries\/([^"]+)"/.exec(first) ?? []
  assert.ok((await get(next.replaceAll('&amp;', '&'))).includes(row))
})

test('all failed deliveries of an endpoint are retried at once, and those of others are left', async t => {
  const { get, seen, sent, session, webhook, job, line, database, stateOf } = await open(t)
  const other = { ...webhook, id: webhook.id + 1 }
  const { job: stays } = await enqueue(line, orderFor(testMessage(other, Date.now(), 'b')))
  await line.underway.ended()
  await database('jobs').where({ id: stays.id }).update({ state: 'failed' })
  const list = await get(`?webhook=${webhook.id}&state=failed`)
  const [, link = ''] = /href="\/dashboard(\/jobs\/bulk\/retry[^"]*)"/.exec(list) ?? []
  const path = link.replaceAll('&amp;', '&')
  const cookie = await session('act')
  const { body } = await seen(path, cookie)
  assert.match(body, /<b>1 job<\/b>/)
  const fields = [...body.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, k, v]) => [k, v])
  await sent(path, cookie, Object.fromEntries(fields))
  assert.deepEqual([await stateOf(job.id), await stateOf(stays.id)], ['waiting', 'failed'])
})

test('a delivery has its attempts, the body and the headers as they were sent', async t => {
  const { get, app, webhook, job, database } = await open(t)
  const page = await get(String(job.id))
  const { id, body } = JSON.parse(job.payload)
  for (const text of [
    ...['HTTP 500', '&lt;b&gt;no&lt;/b&gt;', `webhook-id: ${id}`, 'webhook-signature: v1,abc'],
    ...[body.replaceAll('"', '&quot;'), url]
  ])
    assert.ok(page.includes(text), text)
  assert.equal(page.includes(webhook.secret), false)
  await webhooks.remove(database, webhook)
  assert.match(await get(String(job.id)), /\(removed\)/)
  await database('jobs').where({ id: job.id }).update({ kind: 'invoice' })
  const authorization = `Basic ${Buffer.from('x:act').toString('base64')}`
  for (const path of [String(job.id), '99', 'x'])
    assert.equal(
      (await app.inject({ url: `/dashboard/deliveries/${path}`, headers: { authorization } }))
        .statusCode,
      404,
      path
    )
})

test('an endpoint is added with its secret shown once, and the form says what is wrong', async t => {
  const { get, post, database, done } = await open(t)
  const wrong = await post('webhooks', { url: 'https://127.0.0.1/', events: 'job.failed' })
  assert.equal(wrong.statusCode, 422)
  assert.match(wrong.body, /This address is not public/)
  assert.match(wrong.body, /value="https:\/\/127\.0\.0\.1\/"/)
  assert.match(wrong.body, /value="job\.failed" checked/)
  assert.doesNotMatch(wrong.body, /value="job\.finished" checked/)
  const added = await post('webhooks', { url: `${url}/2`, events: 'job.failed', kinds: 'invoice' })
  const { secret, made_by, events, kinds } = (await database('webhooks').orderBy('id', 'desc'))[0]
  assert.ok(added.body.includes(secret))
  assert.deepEqual([made_by, events, kinds], ['花子', 'job.failed', 'invoice'])
  assert.equal((await get('')).includes(secret), false)
  assert.deepEqual((await done()).slice(1), ['webhook-add done'])
})

test('an endpoint is tried, paused, resumed, given another secret and removed, all in the audit log', async t => {
  const { post, get, webhook, database, done } = await open(t)
  const act = async (name: string) => {
    const { headers } = await post(`webhooks/${webhook.id}/${name}`)
    return String(headers.location).replace('/dashboard/deliveries/', '')
  }
  assert.match(await get(await act('test')), /Endpoint 1: a test event is on its way/)
  assert.equal(await act('pause'), `?done=pause-${webhook.id}`)
  assert.equal(await act('pause'), `?done=nothing-${webhook.id}`)
  assert.match(await get(await act('resume')), /resumed/)
  const [, mark = ''] = /name="mark" value="(\w+)"/.exec(await get('')) ?? []
  const rotated = await post(`webhooks/${webhook.id}/rotate`, { mark })
  const [{ secret, old_secret }] = await database('webhooks')
  assert.ok(rotated.body.includes(secret))
  assert.equal(old_secret, webhook.secret)
  const again = await post(`webhooks/${webhook.id}/rotate`, { mark })
  assert.equal(again.headers.location, `/dashboard/deliveries/?done=nothing-${webhook.id}`)
  assert.match(await get(await act('remove')), /removed/)
  assert.equal((await post(`webhooks/${webhook.id}/remove`)).statusCode, 404)
  assert.deepEqual((await done()).slice(1), [
    ...['webhook-test done', 'webhook-pause done', 'webhook-pause nothing', 'webhook-resume done'],
    ...['webhook-rotate done', 'webhook-rotate nothing', 'webhook-remove done']
  ])
})

test('a delivery that has failed goes on, one that was delivered is sent again under its id', async t => {
  const { post, job, stateOf, database, done } = await open(t)
  const replay = async () => String((await post(`${job.id}/replay`)).headers.location)
  assert.equal(await replay(), `/dashboard/deliveries/${job.id}?done=replay-${job.id}`)
  assert.equal(await stateOf(), 'waiting')
  assert.equal(await replay(), `/dashboard/deliveries/${job.id}?done=nothing-${job.id}`)
  await database('jobs').where({ id: job.id }).update({ state: 'finished' })
  const [, id] = /done=replay-(\d+)/.exec(await replay()) ?? []
  assert.notEqual(Number(id), job.id)
  const { payload, state } = await database('jobs').where({ id }).first()
  assert.deepEqual([payload, state], [job.payload, 'waiting'])
  assert.deepEqual((await done()).slice(1), [
    ...['webhook-replay done', 'webhook-replay nothing', 'webhook-replay done']
  ])
})

test('a viewer sees all of it without a button, and changes nothing', async t => {
  const { seen, sent, session, webhook, job, stateOf } = await open(t)
  const cookie = await session('look')
  for (const path of ['', String(job.id)]) {
    const { body } = await seen(`/deliveries/${path}`, cookie)
    assert.ok(body.includes(url), path)
    assert.doesNotMatch(body, /action="\/dashboard\/deliveries\/\w/, path)
  }
  for (const path of ['webhooks', `webhooks/${webhook.id}/remove`, `${job.id}/replay`])
    assert.equal((await sent(`/deliveries/${path}`, cookie)).statusCode, 403, path)
  assert.equal(await stateOf(), 'failed')
})
