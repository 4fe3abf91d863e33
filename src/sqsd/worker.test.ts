import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import { fullPort } from '../../test/full-port.ts'
import { listen } from '../../test/sqsd-gate.ts'
import { defaults } from './settings.ts'
import { hostOf, openWorker } from './worker.ts'

const request = { path: '/', headers: {}, body: 'x' }

function open(t: TestContext, httpUrl: string, inactivityTimeoutSeconds = 2) {
  const settings = { ...defaults, queueUrl: '', httpUrl, inactivityTimeoutSeconds }
  const worker = openWorker({ ...settings, connectTimeoutSeconds: 1 })
  t.after(() => worker.close())
  return worker
}

test('case 2: the host is localhost, without the usual port', () => {
  assert.equal(hostOf('http://127.0.0.1:80'), 'localhost')
  assert.equal(hostOf('http://127.0.0.1:8080'), 'localhost:8080')
  assert.equal(hostOf('http://worker.example'), 'worker.example')
})

test('case 15: a worker that never accepts is given up after ConnectTimeout', async t => {
  const worker = open(t, `http://127.0.0.1:${await fullPort(t)}`)
  const startedAt = performance.now()
  assert.deepEqual(await worker.post(request), { failure: 'Errno::ETIMEDOUT' })
  const seconds = (performance.now() - startedAt) / 1000
  assert.ok(seconds > 0.9 && seconds < 8, `${seconds} s`)
})

test('case 16: a worker that falls silent in the middle of its answer is cut off, too', async t => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('half')
  })
  const worker = open(t, await listen(t, server))
  assert.deepEqual(await worker.post(request), { failure: 'Errno::ETIMEDOUT' })
})

test('case 16: the headers of an answer must be whole within InactivityTimeout', async t => {
  const server = createTcpServer(socket => {
    socket.write('HTTP/1.1 200 OK\r\n')
    const dripping = setInterval(() => socket.write('x: y\r\n'), 200)
    socket.on('error', () => {}).on('close', () => clearInterval(dripping))
  })
  const worker = open(t, await listenTcp(t, server), 1)
  assert.deepEqual(await worker.post(request), { failure: 'Errno::ETIMEDOUT' })
})

test('an answer that is none is not called a closed connection', async t => {
  const server = createTcpServer(socket => {
    socket.on('error', () => {}).on('data', () => socket.write('HTTP/1.1 100 Continue\r\n\r\n'))
  })
  const worker = open(t, await listenTcp(t, server))
  assert.deepEqual(await worker.post(request), { failure: 'bad response' })
})

async function listenTcp(t: TestContext, server: TcpServer): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`
}

test('paths that are none use up no connection', { timeout: 20_000 }, async t => {
  const server = createServer((_request, response) => response.end())
  const settings = { ...defaults, queueUrl: '', httpUrl: await listen(t, server) }
  const worker = openWorker({ ...settings, httpConnections: 1 })
  t.after(() => worker.close())
  for (const path of ['', 'a', '/a b', '/a\r\nX: y', '/豆', 'http://elsewhere.example/'])
    assert.deepEqual(await worker.post({ ...request, path }), { failure: `"${path}" is no path` })
  assert.deepEqual(await worker.post(request), { status: 200 })
})
