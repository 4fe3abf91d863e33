import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { eventually, openEngine, recordJob } from '../../test/engine.ts'
import { buildWeb } from './app.ts'
import { most } from './crowd.ts'

/** The web tier on a socket; whom a request comes from is said as nginx does. */
async function open(t: TestContext) {
  const engine = await openEngine(t, 'sqlite::memory:', async () => ({}))
  const stopping = new AbortController()
  const app = await buildWeb(engine, stopping.signal)
  t.after(async () => {
    stopping.abort()
    await app.close()
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as { port: number }
  /** A request that never arrives whole; one whose length is unknown comes in chunks. */
  async function dribble(from: string, length?: number | 'unknown') {
    const socket = connect(port, '127.0.0.1')
    t.after(() => socket.destroy())
    const arrived = once(app.server, 'request')
    const type = 'Content-Type: application/x-www-form-urlencoded'
    const head = `POST /new/scripted HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ${from}\r\n${type}`
    const size =
      length === 'unknown' ? 'Transfer-Encoding: chunked' : `Content-Length: ${length ?? 9}`
    socket.write(`${head}\r\n${size}\r\n\r\n${length === 'unknown' ? '9\r\n' : ''}half`)
    await arrived
    return socket
  }
  const ask = (path: string, from: string, init: RequestInit = {}) =>
    fetch(url + path, { ...init, headers: { 'x-forwarded-for': from, 'accept-language': 'en' } })
  return { engine, app, port, dribble, ask }
}

test('a client that takes more than its part is answered with 429, others as ever', async t => {
  const { dribble, ask } = await open(t)
  const sockets = []
  for (let count = 0; count < most.answers.one; count += 1)
    sockets.push(await dribble('203.0.113.7'))
  const refused = await ask('/', '203.0.113.7')
  assert.equal(refused.status, 429)
  assert.equal(refused.headers.get('retry-after'), '5')
  assert.match(await refused.text(), /<h1>Too many requests/)
  assert.equal((await ask('/', '203.0.113.8')).status, 200)
  assert.equal((await ask('/healthz', '203.0.113.7')).status, 200)
  for (const socket of sockets) socket.destroy()
  await eventually(async () => (await ask('/', '203.0.113.7')).status === 200)
})

test('too much for the process is answered with 503, with a page or as JSON', async t => {
  const { dribble, ask } = await open(t)
  for (let count = 0; count < most.answers.all; count += 1)
    await dribble(`198.51.100.${count % 250}`)
  const refused = await ask('/', '203.0.113.7')
  assert.equal(refused.status, 503)
  assert.match(await refused.text(), /<h1>Too much to do at once/)
  const program = await ask('/api/jobs/x', '203.0.113.7')
  assert.equal(program.status, 503)
  assert.match(await program.text(), /"message":"There is too much to do at once/)
  assert.equal((await ask('/healthz', '203.0.113.7')).status, 200)
})

test('bodies that would fill the memory are refused before they are read', async t => {
  const { dribble, ask } = await open(t)
  const mega = 1_000_000
  for (let count = 0; count * mega < most.bytes.all; count += 1)
    await dribble(`198.51.100.${count % 250}`, mega)
  const form = await ask('/new/scripted', '203.0.113.7', { method: 'POST', body: 'a=1' })
  assert.equal(form.status, 503)
  assert.equal((await ask('/', '203.0.113.7')).status, 200)
})

test('a household of IPv6 is one client, whichever of its addresses it comes from', async t => {
  const { dribble, ask } = await open(t)
  for (let count = 0; count < most.answers.one; count += 1) await dribble(`2001:db8::${count}`)
  assert.equal((await ask('/', '2001:db8::ffff')).status, 429)
  assert.equal((await ask('/', '2001:db8:0:1::1')).status, 200)
})

test('a body that does not say its length counts as the longest', async t => {
  const { dribble, ask } = await open(t)
  for (let count = 0; count < 5; count += 1) await dribble('203.0.113.7', 'unknown')
  const send = (from: string) => {
    const body = new Blob(['a=1']).stream()
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit
    return ask('/new/scripted', from, init)
  }
  assert.equal((await send('203.0.113.7')).status, 429)
  assert.notEqual((await send('203.0.113.8')).status, 429)
})

test('pages that stay open have a count of their own', async t => {
  const { engine, ask } = await open(t)
  const { token } = await recordJob(engine)
  const open1 = () => ask(`/jobs/${token}/events`, '203.0.113.7')
  const streams = await Promise.all(Array.from({ length: most.open.one }, open1))
  assert.ok(streams.every(({ status }) => status === 200))
  assert.equal((await open1()).status, 429)
  assert.equal((await ask('/', '203.0.113.7')).status, 200)
  await streams[0]?.body?.cancel()
  await eventually(async () => {
    const { status, body } = await open1()
    await body?.cancel()
    return status === 200
  })
  for (const { body } of streams.slice(1)) await body?.cancel()
})

test('a request that dribbles is cut when its time is over', { timeout: 60_000 }, async t => {
  const { app, dribble, ask } = await open(t)
  assert.equal(app.server.requestTimeout, 120_000)
  Object.assign(app.server, { headersTimeout: 500, requestTimeout: 1000 })
  const socket = await dribble('203.0.113.7', 1000)
  const dribbling = setInterval(() => socket.write('x'), 2000)
  socket.on('error', () => {})
  t.after(() => clearInterval(dribbling))
  let answer = ''
  socket.on('data', data => {
    answer += data
  })
  await once(socket, 'close')
  assert.match(answer, /^HTTP\/1\.1 408 /)
  assert.equal((await ask('/', '203.0.113.7')).status, 200)
})

test('a head that dribbles is cut, too', { timeout: 60_000 }, async t => {
  const { app, port } = await open(t)
  assert.ok(app.server.headersTimeout <= 60_000)
  app.server.headersTimeout = 1000
  const socket = connect(port, '127.0.0.1')
  t.after(() => socket.destroy())
  socket.write('GET / HTTP/1.1\r\nX-Slow: ')
  const [answer] = await once(socket, 'data')
  assert.match(String(answer), /^HTTP\/1\.1 408 /)
})
