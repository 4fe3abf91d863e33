import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDashboard } from '../../../test/dashboard.ts'
import { kinds } from '../../jobs/index.ts'
import { buildWeb } from '../app.ts'
import { sessionHours } from './session.ts'

test('the cookie is for the dashboard only, unseen by scripts, and by HTTPS where the site has it', async t => {
  const plain = await openDashboard(t, { PUBLIC_URL: 'http://127.0.0.1:3000' })
  const form =
    /^dashboard=operator\.\d+\.[\w-]+\.[\w-]{43}; Path=\/dashboard; Max-Age=43200; SameSite=Lax; HttpOnly$/
  assert.match(String((await plain.logIn('act')).headers['set-cookie']), form)
  const safe = await openDashboard(t, { PUBLIC_URL: 'https://jobs.example.jp' })
  for (const { headers } of [await safe.logIn('act'), await safe.post('/logout')])
    assert.match(String(headers['set-cookie']), /; HttpOnly; Secure$/)
})

test('every instance knows a session, also after a restart, and a new password ends it', async t => {
  const { engine, config, session } = await openDashboard(t)
  const cookies = { operator: await session('act'), viewer: await session('look') }
  const opens = async (changes: object, cookie: string | undefined) => {
    const other = await buildWeb({ ...engine, kinds, config: { ...config, ...changes } })
    const headers = { cookie: `lang=en; ${cookie}` }
    const { statusCode } = await other.inject({ url: '/dashboard/', headers })
    await other.close()
    return statusCode === 200
  }
  const known = async (changes: object) => [
    await opens(changes, cookies.operator),
    await opens(changes, cookies.viewer)
  ]
  assert.deepEqual(await known({}), [true, true])
  assert.deepEqual(await known({ OPERATOR_PASSWORD: 'new' }), [false, true])
  assert.deepEqual(await known({ VIEWER_PASSWORD: 'new' }), [true, false])
  assert.deepEqual(await known({ VIEWER_PASSWORD: '' }), [true, false])
  assert.deepEqual(await known({ OPERATOR_PASSWORD: '' }), [false, false])
  assert.deepEqual(await known({ PUBLIC_URL: 'https://other.example.jp' }), [false, false])
})

test('a session ends after its hours', async t => {
  const { get, session } = await openDashboard(t)
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const cookie = await session('act')
  t.mock.timers.tick(sessionHours * 3_600_000 - 1)
  assert.equal((await get('/', cookie)).statusCode, 200)
  t.mock.timers.tick(1)
  assert.equal((await get('/', cookie)).statusCode, 303)
})

test('no part of a cookie can be changed', async t => {
  const { get, post, session } = await openDashboard(t)
  const viewer = String(await session('look'))
  const [, until, name, seal] = viewer.split('.')
  const later = Number(until) + 1
  const swapped = seal?.at(-1) === 'A' ? 'E' : 'A'
  for (const forged of [
    `dashboard=operator.${until}.${name}.${seal}`,
    `dashboard=viewer.${later}.${name}.${seal}`,
    `dashboard=viewer.${until}.${Buffer.from('太郎').toString('base64url')}.${seal}`,
    `dashboard=viewer.${until}.${name}.${seal?.slice(0, -1)}${swapped}`,
    `dashboard=viewer.${until}.${name}.`,
    `dashboard=viewer.${until}.${name}`,
    `xdashboard=${viewer.slice('dashboard='.length)}`,
    'dashboard=',
    'dashboard=constructor.9999999999999.a.b'
  ]) {
    assert.equal((await get('/', forged)).statusCode, 303, forged)
    assert.equal((await post('/jobs/1/retry', forged)).statusCode, 401, forged)
  }
  assert.equal((await get('/', viewer)).statusCode, 200)
})
