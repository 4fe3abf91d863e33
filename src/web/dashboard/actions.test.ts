import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDashboard } from '../../../test/dashboard.ts'
import { recordJob } from '../../../test/engine.ts'
import { beginAction, listActions } from '../../queue/action.ts'

test('whoever acts is kept with what came of it, and the page shows it', async t => {
  const { engine, get, post, session } = await openDashboard(t)
  const job = await recordJob(engine)
  const cookie = await session('act')
  for (let n = 0; n < 2; n += 1) await post(`/jobs/${job.id}/cancel`, cookie)
  await post('/logout', cookie)
  const kept = await listActions(engine.database, {})
  assert.deepEqual(
    kept.map(({ action, outcome, job_id }) => [action, outcome, job_id]),
    [
      ['logout', 'done', null],
      ['cancel', 'nothing', job.id],
      ['cancel', 'done', job.id],
      ['login', 'done', null]
    ]
  )
  for (const entry of kept)
    assert.deepEqual([entry.role, entry.name, entry.address], ['operator', '花子', '127.0.0.1'])
  const page = (await get('/actions', cookie)).body
  for (const text of ['Audit log', '花子 (operator)', 'Cancel', 'nothing to do', '127.0.0.1'])
    assert.ok(page.includes(text), text)
  const ofJob = (await get(`/actions?job=${job.id}`, cookie)).body
  assert.equal(ofJob.match(/>Cancel</g)?.length, 2)
  assert.doesNotMatch(ofJob, />Log in</)
})

test('the log is paged, and the last page leads to none', async t => {
  const { engine, get, session } = await openDashboard(t)
  const cookie = await session('act')
  const entry = { role: 'operator' as const, name: '花子', address: '127.0.0.1', job_id: 7 }
  const add = () => beginAction(engine.database, { ...entry, action: 'cancel', details: {} })
  const see = async (path: string) => (await get(path, cookie)).body
  for (let n = 0; n < 50; n += 1) await add()
  assert.doesNotMatch(await see('/actions?job=7'), /Older 50/)
  await add()
  const [, older = ''] =
    /rel="next" href="\/dashboard([^"]+)"/.exec(await see('/actions?job=7')) ?? []
  const last = await see(older.replaceAll('&amp;', '&'))
  assert.equal(last.match(/>Cancel</g)?.length, 1)
  assert.doesNotMatch(last, /Older 50/)
})

test('what fails is kept with its error', async t => {
  const { engine, line, post, session } = await openDashboard(t)
  const job = await recordJob(engine)
  await engine.database('jobs').update({ state: 'failed' })
  const cookie = await session('act')
  await engine.database.raw(
    "CREATE TRIGGER refuse BEFORE UPDATE ON jobs BEGIN SELECT RAISE(ABORT, 'no more'); END"
  )
  assert.equal((await post(`/jobs/${job.id}/discard`, cookie)).statusCode, 500)
  const [entry] = await listActions(line.database, {})
  assert.deepEqual([entry?.action, entry?.outcome], ['discard', 'failed'])
  assert.match(String(entry?.details), /"error":".*no more/)
})

test('nothing is done that could not be noted before', async t => {
  const { engine, post, session } = await openDashboard(t)
  const job = await recordJob(engine)
  const cookie = await session('act')
  await engine.database.schema.renameTable('actions', 'lost')
  assert.equal((await post(`/jobs/${job.id}/cancel`, cookie)).statusCode, 500)
  assert.equal((await engine.database('jobs').first()).state, 'waiting')
})

test('names and addresses that people make up are text on the page', async t => {
  const { app, get, logIn, session } = await openDashboard(t)
  const evil = '<script>alert(1)</script>\u202e'
  await logIn('act', { name: evil })
  const headers = { authorization: `Basic ${Buffer.from(`${evil}:act`).toString('base64')}` }
  await app.inject({
    ...{ method: 'POST', url: '/dashboard/jobs/1/retry' },
    headers: { ...headers, 'x-forwarded-for': '<b>' }
  })
  const page = (await get('/actions', await session('look'))).body
  assert.ok(page.includes('&lt;script&gt;alert(1)&lt;/script&gt;') && !page.includes('<script>'))
  assert.ok(!page.includes('\u202e'))
})

test('what is no filter is none', async t => {
  const { get, session } = await openDashboard(t)
  const cookie = await session('look')
  for (const query of ['job=x', 'job=0', 'job=1e3', 'before=-1', 'job=1&job=2', 'job[]=1']) {
    const { statusCode, body } = await get(`/actions?${query}`, cookie)
    assert.equal(statusCode, 200, query)
    assert.match(body, />Log in</, query)
  }
})

test('what a program has done by the API is there under the name of its key', async t => {
  const { engine, get, session } = await openDashboard(t)
  const program = { role: 'api', name: 'ERP', address: '::1', action: 'retry' } as const
  await beginAction(engine.database, { ...program, job_id: 7, details: {} })
  const cookie = await session('look')
  assert.match((await get('/actions?job=7', cookie)).body, /ERP \(API key\)/)
})
