import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import fastify from 'fastify'
import { eventually } from '../test/engine.ts'
import { hangUpIdle } from './hang-up.ts'

/** An app whose one route answers when `release` is called, and clients that send it raw text. */
async function open(t: TestContext) {
  const app = fastify({ keepAliveTimeout: 60_000 })
  hangUpIdle(app)
  const { promise, resolve: release } = Promise.withResolvers<void>()
  let count = 0
  app.get('/slow', async () => {
    count += 1
    await promise
    return 'the whole answer'
  })
  app.get('/', async () => 'at once')
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as { port: number }

  async function call(text: string) {
    const socket = connect(port, '127.0.0.1')
    t.after(() => socket.destroy())
    let received = ''
    socket.on('data', data => {
      received += data
    })
    await once(socket, 'connect')
    socket.write(text)
    return { socket, received: () => received }
  }
  /** What it was before the deadline, as a word. */
  const outcome = async (closing: Promise<unknown>) => {
    const late = setTimeout(15_000, 'still open', { ref: false })
    return await Promise.race([closing.then(() => 'closed'), late])
  }
  t.after(() => release())
  return { app, call, release, outcome, inWork: () => count }
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`

for (const [what, text] of [
  ['has never sent a request', ''],
  ['has sent half a request', 'GET / HTTP/1.1\r\nHo']
] as const)
  test(`a client that ${what} does not keep the app from closing`, async t => {
    const { app, call, outcome } = await open(t)
    await call(text)
    await eventually(async () => (await connections(app)) === 1)
    assert.equal(await outcome(app.close()), 'closed')
  })

test('a client that rests between two requests does not keep the app from closing', async t => {
  const { app, call, outcome } = await open(t)
  const { received } = await call(get('/'))
  await eventually(() => received().endsWith('at once'))
  assert.equal(await outcome(app.close()), 'closed')
})

test('a client in a request gets its whole answer, and then the app closes', async t => {
  const { app, call, outcome, release, inWork } = await open(t)
  const { received } = await call(get('/slow'))
  await eventually(() => inWork() === 1)
  const closing = app.close()
  await eventually(() => !app.server.listening)
  release()
  assert.equal(await outcome(closing), 'closed')
  await eventually(() => received().endsWith('the whole answer'))
})

function connections({ server }: { server: { getConnections(done: Done): void } }) {
  return new Promise<number>(resolve => server.getConnections((_error, count) => resolve(count)))
}
type Done = (error: Error | null, count: number) => void
