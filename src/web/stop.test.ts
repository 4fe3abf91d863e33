import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { eventually, openEngine, recordJob } from '../../test/engine.ts'
import { buildWeb } from './app.ts'

test('a request that never arrives whole ends when the time to stop is over', async t => {
  const stopping = new AbortController()
  const engine = await openEngine(t, 'sqlite::memory:', async () => ({}))
  const app = await buildWeb(engine, stopping.signal)
  t.after(() => app.close())
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as { port: number }
  const socket = connect(port, '127.0.0.1')
  t.after(() => socket.destroy())
  const arrived = once(app.server, 'request')
  const type = 'Content-Type: application/x-www-form-urlencoded'
  socket.write(`POST /new/invoice HTTP/1.1\r\nHost: x\r\n${type}\r\nContent-Length: 9\r\n\r\nhalf`)
  await arrived
  let isClosed = false
  const closing = app.close().then(() => {
    isClosed = true
  })
  await new Promise(setImmediate)
  assert.equal(isClosed, false)
  stopping.abort()
  await closing
})

test('live events that are opened while the tier stops end, and it stops', async t => {
  const engine = await openEngine(t, 'sqlite::memory:', async () => ({}))
  const app = await buildWeb(engine)
  t.after(() => app.close())
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const { token } = await recordJob(engine)
  const { client } = engine.database
  const onlyConnection = await client.acquireConnection()
  const arrived = once(app.server, 'request')
  const events = fetch(`${url}/jobs/${token}/events`).then(response => response.text())
  await arrived
  const closing = app.close()
  await eventually(() => !app.server.listening)
  client.releaseConnection(onlyConnection)
  assert.match(await events, /^data: /)
  await closing
})
