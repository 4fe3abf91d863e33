import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openReceiver } from '../../test/receiver.ts'
import { openGuard } from './guard.ts'
import { post } from './post.ts'

const guard = openGuard('127.0.0.1/32')
const quiet = new AbortController().signal

async function open(t: TestContext, answer: Parameters<typeof openReceiver>[1]) {
  const { url, received } = await openReceiver(t, answer)
  const parcel = { url, headers: { 'x-a': 'b' }, body: '{"a":1}' }
  return { received, send: (signal = quiet) => post(guard, parcel, signal) }
}

test('a message is posted as JSON with its headers, and the beginning of the answer is kept', async t => {
  const { send, received } = await open(t, (request, response) => {
    assert.deepEqual([request.method, request.url], ['POST', '/hook'])
    response.writeHead(202).end(`thank\u0000 you \n${'あ'.repeat(300)}`)
  })
  const { status, said, ms } = await send()
  const [{ headers, body } = assert.fail()] = received
  assert.deepEqual(
    [headers['content-type'], headers['x-a'], body],
    ['application/json', 'b', '{"a":1}']
  )
  assert.equal(status, 202)
  assert.equal(said, `thank you ${'あ'.repeat(190)}`)
  assert.ok(ms >= 0)
})

test('a redirect is not followed', async t => {
  const { send, received } = await open(t, (_request, response) =>
    response.writeHead(302, { location: '/elsewhere' }).end()
  )
  assert.equal((await send()).status, 302)
  assert.equal(received.length, 1)
})

test('of an endless answer no more than 64 KB are read', async t => {
  let written = 0
  let isCut = false
  const { send } = await open(t, (_request, response) => {
    const write = () => {
      while (!isCut && response.write('a'.repeat(16_384))) written += 16_384
    }
    response.on('drain', write)
    response.on('close', () => {
      isCut = true
    })
    write()
  })
  const { status, said } = await send()
  assert.deepEqual([status, said], [200, 'a'.repeat(200)])
  // What sockets hold beside it.
  assert.ok(written < 20_000_000, String(written))
})

test('a status is an answer, though what is said besides is slow to end or is cut', async t => {
  for (const isCut of [false, true]) {
    const { send } = await open(t, (_request, response) => {
      response.writeHead(200, { 'content-length': 1000 })
      response.write('thanks', () => isCut && setImmediate(() => response.destroy()))
    })
    const { status, said, ms } = await send()
    assert.deepEqual([status, said], [200, 'thanks'])
    assert.ok(ms < 9000, String(ms))
  }
})

test('Retry-After is understood as seconds and as a date', async t => {
  let header = ''
  const { send } = await open(t, (_request, response) =>
    response.writeHead(503, { 'retry-after': header }).end()
  )
  for (const [value, least, most] of [
    ['120', 120, 120],
    [new Date(Date.now() + 90_000).toUTCString(), 60, 91],
    [new Date(Date.now() - 90_000).toUTCString(), 0, 0]
  ] as const) {
    header = value
    const { retryAfter = -1 } = await send()
    assert.ok(retryAfter >= least && retryAfter <= most, `${value}: ${retryAfter}`)
  }
  header = 'soon'
  assert.equal((await send()).retryAfter, undefined)
})

test('what is no answer is said in a sentence', async t => {
  const { send } = await open(t, request => request.socket.destroy())
  assert.deepEqual([(await send()).status, (await send()).said], [null, 'The connection was cut.'])
  const nobody = await post(guard, { url: 'http://127.0.0.1:1/', headers: {}, body: '' }, quiet)
  assert.equal(nobody.said, 'The connection was refused: nothing listens there.')
  const { port } = await openReceiver(t)
  const plain = { url: `https://127.0.0.1:${port}/`, headers: {}, body: '' }
  assert.equal((await post(guard, plain, quiet)).said, 'There is no HTTPS at this port.')
  const large = await open(t, (_request, response) =>
    response.writeHead(200, { 'x-large': 'a'.repeat(100_000) }).end()
  )
  assert.match((await large.send()).said, /^The headers of the answer are too large/)
})

test('a receiver that says nothing is waited for until 10 s are over', async t => {
  const { send } = await open(t, () => {})
  const { status, said, ms } = await send()
  assert.deepEqual([status, said], [null, 'No answer within 10 s.'])
  assert.ok(ms >= 9_500 && ms < 60_000, String(ms))
})

test('a worker that stops is not kept waiting', async t => {
  const stopping = new AbortController()
  const { send } = await open(t, () => stopping.abort(new Error('The process was asked to stop.')))
  await assert.rejects(send(stopping.signal), /asked to stop/)
})
