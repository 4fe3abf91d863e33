import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { eventually, openEngine, recordJob, reload } from '../../test/engine.ts'
import type { Kind } from '../queue/kind.ts'
import { buildWorker } from './app.ts'

const headers = { 'user-agent': 'aws-sqsd/3.0.5', 'content-type': 'application/json' }

/** A worker over HTTP; `open` lets the work end, `isHungUp` tells that it closes. */
async function start(t: TestContext, work?: Kind['perform'], change = {}) {
  const { promise: gate, resolve: open } = Promise.withResolvers<object>()
  const engine = await openEngine(t, 'sqlite::memory:', work ?? (() => gate))
  Object.assign(engine.kinds[0] as Kind, change)
  const stopping = new AbortController()
  const app = buildWorker(engine, stopping.signal)
  t.after(async () => {
    open({})
    stopping.abort()
    await app.close()
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as { port: number }
  const to = (path: string) => ({ port, host: '127.0.0.1', method: 'POST', path, headers })
  /** Sends and hangs up, once `isUnderWay`. */
  async function postAndLeave(path: string, body: string, isUnderWay: () => Promise<boolean>) {
    const post = request(to(path))
    const gone = new Promise<void>(resolve => post.on('error', () => resolve()))
    post.end(body)
    await eventually(isUnderWay)
    post.destroy()
    await gone
  }
  const post = async (body: string) => {
    const url = `http://127.0.0.1:${port}/`
    const { status } = await fetch(url, { method: 'POST', headers, body })
    return status
  }
  let isClosed = false
  async function close() {
    await app.close()
    isClosed = true
  }
  const isHungUp = () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      () => false,
      () => true
    )
  const body = async () => {
    const job = await recordJob(engine)
    const state = async () => (await reload(engine, job)).state
    return { job, text: JSON.stringify({ job: job.id }), state }
  }
  return {
    engine,
    app,
    port,
    open,
    stopping,
    post,
    postAndLeave,
    close,
    isHungUp,
    body,
    isClosed: () => isClosed
  }
}

test('a worker that stops waits for a job although its sender is gone', async t => {
  const { postAndLeave, body, close, isHungUp, open } = await start(t)
  const { text, state } = await body()
  await postAndLeave('/', text, async () => (await state()) === 'running')
  const closing = close()
  await eventually(isHungUp)
  assert.equal(await state(), 'running')
  open({})
  await closing
  assert.equal(await state(), 'finished')
})

test('a long job over HTTP is answered with 200 when it begins, and a worker that stops waits for it', async t => {
  const { post, body, close, isHungUp, open } = await start(t, undefined, { attemptSeconds: 601 })
  const { text, state } = await body()
  assert.equal(await post(text), 200)
  assert.equal(await state(), 'running')
  const closing = close()
  await eventually(isHungUp)
  assert.equal(await state(), 'running')
  open({})
  await closing
  assert.equal(await state(), 'finished')
})

test('a worker takes no more long jobs than LONG_JOBS, and answers the next with 200 as well', async t => {
  const { engine, post, body } = await start(t, undefined, { attemptSeconds: 601 })
  const states = []
  for (let n = 0; n <= engine.config.LONG_JOBS; n += 1) {
    const { text, state } = await body()
    assert.equal(await post(text), 200)
    states.push(await state())
  }
  assert.deepEqual(states.splice(-1), ['waiting'])
  assert.ok(states.length > 0 && states.every(state => state === 'running'))
})

test('a worker that stops waits for a sweep although its sender is gone', async t => {
  const { engine, postAndLeave, close, isHungUp, isClosed } = await start(t)
  const { client } = engine.database
  const onlyConnection = await client.acquireConnection()
  const isWaiting = async () => client.pool.numPendingAcquires() === 1
  await postAndLeave('/cron/sweep', '', isWaiting)
  const closing = close()
  await eventually(isHungUp)
  await new Promise(setImmediate)
  assert.equal(isClosed(), false)
  client.releaseConnection(onlyConnection)
  await closing
  assert.deepEqual(await engine.database('ticks').pluck('state'), ['done'])
})

test('an order to stop hands the jobs in work back', async t => {
  const work: Kind['perform'] = (_payload, { job: { signal } }) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  const { post, body, close, stopping } = await start(t, work)
  const { text, state } = await body()
  const answer = post(text)
  await eventually(async () => (await state()) === 'running')
  const closing = close()
  stopping.abort(new Error('The worker is stopping.'))
  assert.equal(await answer, 500)
  await closing
  assert.equal(await state(), 'retrying')
})

test('a message that never arrives whole ends when the time to stop is over, and others get their answers', async t => {
  const { app, port, post, body, close, isClosed, stopping, open, engine } = await start(t)
  const socket = connect(port, '127.0.0.1')
  t.after(() => socket.destroy())
  const arrived = once(app.server, 'request')
  const head = `POST / HTTP/1.1\r\nHost: x\r\nUser-Agent: ${headers['user-agent']}\r\n`
  socket.write(`${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"job"`)
  await arrived
  const { job, text, state } = await body()
  const answer = post(text)
  await eventually(async () => (await state()) === 'running')
  const closing = close()
  await new Promise(setImmediate)
  assert.equal(isClosed(), false)
  stopping.abort()
  open({})
  assert.equal(await answer, 200)
  await closing
  assert.equal((await reload(engine, job)).state, 'finished')
})
