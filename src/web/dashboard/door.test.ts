import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openDashboard } from '../../../test/dashboard.ts'
import { recordJob, reload } from '../../../test/engine.ts'

test('a viewer sees the jobs without a button, and what they send changes nothing', async t => {
  const { engine, get, post, session } = await openDashboard(t)
  const job = await recordJob(engine)
  const viewer = await session('look')
  const page = (await get('/jobs/', viewer)).body
  assert.match(page, new RegExp(`href="/dashboard/jobs/${job.id}"`))
  assert.doesNotMatch(page, /method="post" action="\/dashboard\/jobs|\/bulk\/|<details|>Actions</)
  const refused = await post(`/jobs/${job.id}/cancel`, viewer)
  assert.equal(refused.statusCode, 403)
  assert.match(refused.body, /You can only read; nothing was done.*href="\/dashboard\/"/s)
  assert.equal((await reload(engine, job)).state, 'waiting')
  const operator = await session('act')
  assert.match((await get('/jobs/', operator)).body, /action="\/dashboard\/jobs\/\d+\/cancel"/)
  assert.equal((await post(`/jobs/${job.id}/cancel`, operator)).statusCode, 303)
  assert.equal((await reload(engine, job)).state, 'cancelled')
})

test('a form that is sent when the session is over does nothing, and says so', async t => {
  const { engine, post } = await openDashboard(t)
  const job = await recordJob(engine)
  const { statusCode, body } = await post(`/jobs/${job.id}/cancel`)
  assert.equal(statusCode, 401)
  assert.match(body, /role="alert">Your session has ended, so nothing was done/)
  assert.equal((await reload(engine, job)).state, 'waiting')
})

test('every address of the dashboard but the login is behind the door', async t => {
  const { app } = await openDashboard(t)
  for (const path of ['', '/', '/actions', '/?lang=en', '/login/', '/actions?job=1'])
    assert.notEqual((await app.inject(`/dashboard${path}`)).statusCode, 200, path)
  assert.equal((await app.inject('/dashboard/login')).statusCode, 200)
  const files = globSync('*.ts', { cwd: import.meta.dirname })
  const outside = files.filter(file =>
    /isOutside: tru[e]/.test(readFileSync(join(import.meta.dirname, file), 'utf8'))
  )
  assert.deepEqual(outside, ['login.ts'])
})

test('programs send the password with each request, a viewer’s for reading', async t => {
  const { engine, app } = await openDashboard(t)
  const job = await recordJob(engine)
  const ask = async (password: string, method: 'GET' | 'POST', url: string) => {
    const authorization = `Basic ${Buffer.from(`batch:${password}`).toString('base64')}`
    return await app.inject({ method, url, headers: { authorization } })
  }
  assert.equal((await ask('look', 'GET', '/dashboard/')).statusCode, 200)
  const cancel = `/dashboard/jobs/${job.id}/cancel`
  assert.equal((await ask('look', 'POST', cancel)).statusCode, 403)
  const wrong = await ask('wrong', 'POST', cancel)
  assert.equal(wrong.statusCode, 401)
  assert.match(String(wrong.headers['www-authenticate']), /^Basic /)
  assert.equal((await ask('act', 'POST', cancel)).statusCode, 303)
  assert.equal((await app.inject('/dashboard/')).statusCode, 401)
})
