import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openDashboard } from '../../../test/dashboard.ts'
import { reload } from '../../../test/engine.ts'
import { order } from '../../../test/line.ts'
import { kinds } from '../../jobs/index.ts'
import { listActions } from '../../queue/action.ts'
import { enqueue } from '../../queue/enqueue.ts'
import type { Job } from '../../queue/job.ts'
import type { Kind } from '../../queue/kind.ts'
import { readOrder } from '../../queue/order.ts'
import { readTimeline } from '../../queue/timeline.ts'

const invoice = kinds.find(({ name }) => name === 'invoice') as Kind

async function open(t: TestContext) {
  const dashboard = await openDashboard(t)
  const { engine, line, get, post, session } = dashboard
  const reading = await readOrder(invoice, order(), engine.storage)
  assert.ok('order' in reading)
  const { job } = await enqueue(line, reading.order, 'key')
  await engine.database('jobs').update({ state: 'failed', error: 'no ink', attempts: 5 })
  const cookie = await session('act')
  const path = `/jobs/${job.id}/payload`
  const now = (): Promise<Job> => reload(engine, job)
  const mended = (changes: object) => JSON.stringify({ ...JSON.parse(job.payload), ...changes })
  const save = (fields: Record<string, string>) =>
    post(path, cookie, { token: '0', email: job.email, language: job.language, ...fields })
  return { ...dashboard, order: reading.order, job, cookie, path, now, mended, save, get, post }
}

test('a payload is mended, checked as an order is, and the job sent back', async t => {
  const { engine, line, order, job, get, path, cookie, now, mended, save } = await open(t)
  const page = (await get(path, cookie)).body
  assert.match(page, /&quot;number&quot;: /)
  assert.match((await get(`/jobs/${job.id}`, cookie)).body, /Edit the payload/)
  const { statusCode, headers } = await save({
    ...{ payload: mended({ number: ' 2026-999 ' }), email: 'taro@example.jp', action: 'retry' }
  })
  assert.deepEqual(
    [statusCode, headers.location],
    [303, `/dashboard/jobs/${job.id}?done=retry-${job.id}`]
  )
  const after = await now()
  assert.equal(JSON.parse(after.payload).number, '2026-999')
  assert.deepEqual(
    [after.state, after.email, after.search_number, after.fencing_token, after.attempts],
    ['waiting', 'taro@example.jp', '2026-999', 2, 0]
  )
  assert.deepEqual(
    readTimeline(after.timeline)
      .map(({ what }) => what)
      .filter(what => what !== 'sent'),
    ['revised', 'requeued']
  )
  const kept = (await listActions(engine.database, { job: job.id })).find(
    ({ action }) => action === 'revise'
  )
  const details = JSON.parse(String(kept?.details))
  assert.deepEqual(details.changed, ['number', 'email'])
  assert.doesNotMatch(String(kept?.details), /999|taro/)
  assert.notEqual(details.before, details.after)
  // Whoever repeats the order as it was is told of this job.
  assert.equal((await enqueue(line, order, 'key')).status, 'same')
})

test('what is wrong is said, with its place, and nothing that was typed is lost', async t => {
  const { now, mended, save, job } = await open(t)
  const wrong: [string, Record<string, string>, RegExp][] = [
    ['no JSON', { payload: '{"number": "1",}' }, /This is no JSON/],
    ['a list', { payload: '[1]' }, /begins with \{/],
    ['a field', { payload: mended({ number: '' }) }, /Invoice number \(number\): /],
    ['an unknown field', { payload: mended({ colour: 1 }) }, /colour: There is no such field/],
    ['an address', { payload: mended({ number: '7' }), email: 'nobody' }, /Enter an email address/]
  ]
  for (const [name, fields, says] of wrong) {
    const { statusCode, body } = await save(fields)
    assert.equal(statusCode, 422, name)
    assert.match(body, says, name)
    const typed = String(fields['payload']).replaceAll('"', '&quot;')
    assert.ok(body.includes(typed), name)
  }
  assert.equal((await now()).payload, job.payload)
})

test('a job that has changed meanwhile is not overwritten unasked', async t => {
  const { engine, now, mended, save, get, path, cookie } = await open(t)
  assert.equal((await save({ payload: mended({ number: 'A-1' }) })).statusCode, 303)
  const second = await save({ payload: mended({ number: 'A-2' }) })
  assert.equal(second.statusCode, 409)
  assert.match(second.body, /A-2/)
  assert.match(second.body, /name="token" value="1"/, 'to be saved all the same')
  assert.equal(JSON.parse((await now()).payload).number, 'A-1')
  assert.equal((await save({ payload: mended({ number: 'A-2' }), token: '1' })).statusCode, 303)
  assert.equal((await save({ payload: mended({ number: 'A-3' }), token: 'x' })).statusCode, 409)
  await engine.database('jobs').update({ state: 'waiting' })
  assert.equal((await save({ payload: mended({ number: 'A-3' }), token: '2' })).statusCode, 409)
  assert.equal((await get(path, cookie)).statusCode, 303)
  assert.equal(JSON.parse((await now()).payload).number, 'A-2')
})

test('a viewer edits nothing', async t => {
  const { get, post, path, session } = await open(t)
  const viewer = await session('look')
  assert.equal((await get(path, viewer)).statusCode, 403)
  assert.equal((await post(path, viewer, { payload: '{}' })).statusCode, 403)
  assert.equal((await get('/jobs/999999/payload', viewer)).statusCode, 404)
})

test('of a job whose kind is gone it is said why nothing can be edited', async t => {
  const { engine, get, path, cookie, save, job, now } = await open(t)
  await engine.database('jobs').update({ kind: 'leaflet' })
  for (const { statusCode, body } of [await get(path, cookie), await save({ payload: '{}' })]) {
    assert.equal(statusCode, 409)
    assert.match(body, /The kind of this job is gone.*or discard the job/s)
  }
  assert.equal((await now()).payload, job.payload)
})
