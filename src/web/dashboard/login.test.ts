import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDashboard } from '../../../test/dashboard.ts'
import { safePath } from './login.ts'

test('who is not in is led to the login, and from there to the page they wanted', async t => {
  const { get, logIn } = await openDashboard(t)
  const away = await get('/?state=failed')
  assert.equal(away.statusCode, 303)
  const login = '/dashboard/login?next=%2Fdashboard%2F%3Fstate%3Dfailed'
  assert.equal(away.headers.location, login)
  const page = await get(login.slice('/dashboard'.length))
  assert.equal(page.statusCode, 200)
  assert.match(page.body, /name="next" value="\/dashboard\/\?state=failed"/)
  const entered = await logIn('act', { next: '/dashboard/?state=failed' })
  assert.equal(entered.statusCode, 303)
  assert.equal(entered.headers.location, '/dashboard/?state=failed')
  assert.equal((await logIn('act')).headers.location, '/dashboard/')
})

test('the login leads to pages of the dashboard only', () => {
  for (const good of ['/dashboard', '/dashboard/', '/dashboard/actions?job=1&before=2'])
    assert.equal(safePath(good), good)
  assert.equal(safePath('/dashboard/x/../actions'), '/dashboard/actions')
  for (const bad of [
    ...[
      '//evil.example/dashboard/',
      'https://evil.example/dashboard/',
      '/\\evil.example/dashboard/'
    ],
    ...['/\t/evil.example/dashboard/', '/dashboard/..//evil.example', '/dashboard/../jobs/1'],
    ...['/dashboard@evil.example', '/dashboards', 'javascript:alert(1)', 'http://', '', '/'],
    ...['/dashboard/login?next=/dashboard/', '/dashboard/logout', undefined, ['/dashboard/']]
  ])
    assert.equal(safePath(bad), '', String(bad))
})

test('a wrong password is told, the name stays, and nothing is opened', async t => {
  const { logIn } = await openDashboard(t)
  const { statusCode, body, headers } = await logIn('wrong', { next: '/dashboard/actions' })
  assert.equal(statusCode, 401)
  assert.equal(headers['set-cookie'], undefined)
  assert.match(body, /role="alert">That is not the password/)
  assert.match(body, /name="name" value="花子"/)
  assert.match(body, /name="next" value="\/dashboard\/actions"/)
  assert.doesNotMatch(body, /value="wrong"/)
})

test('a login without a name is asked for it, and uses up no password', async t => {
  const { logIn } = await openDashboard(t)
  for (let n = 0; n < 11; n += 1) {
    const { statusCode, body } = await logIn('wrong', { name: ' \u200b' })
    assert.equal(statusCode, 422)
    assert.match(body, /role="alert">Enter your name/)
  }
  assert.equal((await logIn('act')).statusCode, 303)
})

test('after ten wrong passwords the page says to wait, and whoever is in goes on', async t => {
  const { logIn, get, session } = await openDashboard(t)
  const cookie = await session('act')
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  for (let n = 0; n < 10; n += 1) assert.equal((await logIn('wrong')).statusCode, 401)
  const { statusCode, body, headers } = await logIn('act')
  assert.equal(statusCode, 429)
  assert.ok(Number(headers['retry-after']) > 0)
  assert.match(body, /role="alert">There were too many wrong passwords[^<]*Wait for a minute/)
  assert.equal((await get('/', cookie)).statusCode, 200)
  t.mock.timers.tick(60_000)
  assert.equal((await logIn('act')).statusCode, 303)
})

test('until a password is set, each page says what to do, and nobody comes in', async t => {
  const closed = await openDashboard(t, { OPERATOR_PASSWORD: '' })
  for (const answer of [
    await closed.get('/'),
    await closed.get('/login'),
    await closed.logIn(''),
    await closed.logIn('look'),
    await closed.post('/jobs/1/retry')
  ]) {
    assert.equal(answer.statusCode, 403)
    assert.match(answer.body, /The dashboard is closed.*Set OPERATOR_PASSWORD/s)
    assert.equal(answer.headers['set-cookie'], undefined)
  }
  const { logIn } = await openDashboard(t, { VIEWER_PASSWORD: '' })
  assert.equal((await logIn('')).statusCode, 401)
})

test('logging out takes the cookie away, and the next page is the login', async t => {
  const { get, post, session } = await openDashboard(t)
  const cookie = await session('look')
  const page = await get('/', cookie)
  assert.match(
    page.body,
    /花子 \(viewer\).*action="\/dashboard\/logout"|action="\/dashboard\/logout".*花子 \(viewer\)/
  )
  const out = await post('/logout', cookie)
  assert.equal(out.statusCode, 303)
  assert.equal(out.headers.location, '/dashboard/login?out=yes')
  assert.match(String(out.headers['set-cookie']), /^dashboard=; Path=\/dashboard; Max-Age=0;/)
  assert.match((await get('/login?out=yes')).body, /role="status">You are logged out/)
})
