import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openLine, order, post } from '../../test/line.ts'
import { buildWeb } from './app.ts'

/** The web tier, asked from an address through the load balancer; the limits count by a minute that stands still. */
async function openAsked(t: TestContext) {
  const { line } = await openLine(t)
  const app = await buildWeb(line)
  t.after(() => app.close())
  t.mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 10, 23, 1, 2, 3) })
  return async (url: string, authorization = '', from = '203.0.113.7') => {
    const headers = { authorization, 'x-forwarded-for': from }
    return await app.inject({ url, headers, remoteAddress: '127.0.0.1' })
  }
}

const basic = (password: string) => `Basic ${Buffer.from(`x:${password}`).toString('base64')}`

test('wrong keys use up the rate limit, and programs do not lock out people', async t => {
  const ask = await openAsked(t)
  let left: unknown
  for (let n = 0; n < 600; n += 1)
    left = (await ask('/api/jobs/x', 'Bearer wrong')).headers['x-ratelimit-remaining']
  assert.equal(Number(left), 12_000 - 600)
  for (let n = 0; n < 600; n += 1) assert.equal((await ask('/')).statusCode, 200)
  assert.equal((await ask('/dashboard/', basic('wrong'))).statusCode, 429)
})

test('a client has ten wrong passwords a minute; then the right one is not looked at, either', async t => {
  const ask = await openAsked(t)
  const status = async (password: string, from?: string) =>
    (await ask('/dashboard/', basic(password), from)).statusCode
  for (let n = 0; n < 20; n += 1) assert.equal(await status('local'), 200)
  for (let n = 0; n < 10; n += 1) assert.equal(await status('wrong'), 401)
  assert.equal(await status('wrong'), 429)
  assert.equal(await status('local'), 429)
  assert.equal((await ask('/dashboard/', basic('local'))).headers['retry-after'], '57')
  assert.equal(await status('local', '203.0.113.8'), 200)
  t.mock.timers.tick(57_000)
  assert.equal(await status('local'), 200)
})

test('who comes through our own proxies is counted alone, whatever address they claim', async t => {
  const { line } = await openLine(t)
  const app = await buildWeb(line)
  t.after(() => app.close())
  const left = async (forwarded: string, remoteAddress = '127.0.0.1') => {
    const headers = { 'x-forwarded-for': forwarded }
    const answer = await app.inject({ url: '/nowhere', headers, remoteAddress })
    return Number(answer.headers['x-ratelimit-remaining'])
  }
  // As the load balancer and nginx write it: what was claimed, the true one, those of our own network.
  assert.equal(await left('203.0.113.7'), 599)
  assert.equal(await left('198.51.100.1, 203.0.113.7'), 598)
  assert.equal(await left('127.0.0.1, 203.0.113.7, 10.0.0.5'), 597)
  assert.equal(await left('203.0.113.7, 172.16.3.4', '::1'), 596)
  assert.equal(await left('203.0.113.8'), 599)
  // Who reaches the process without them claims in vain.
  assert.equal(await left('203.0.113.8', '203.0.113.7'), 595)
  assert.equal(await left('2001:db8::1'), 599)
  assert.equal(await left('2001:db8::2'), 598)
})

test('only an id as our own links have it reaches a job of the dashboard', async t => {
  const { webUrl } = await openLine(t)
  await post(webUrl, order())
  const authorization = `Basic ${Buffer.from('x:local').toString('base64')}`
  const act = async (id: string) => {
    const url = `${webUrl}/dashboard/jobs/${id}/discard`
    const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' }
    return (await fetch(url, { method: 'POST', headers, redirect: 'manual' })).status
  }
  for (const id of ['0x1', '1e0', '1.0', '%201', '01', 'Infinity', '1e400', '-1'])
    assert.equal(await act(id), 404, id)
  assert.equal(await act('1'), 303)
})
