import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { defaults } from './settings.ts'
import { openWorker } from './worker.ts'

const request = { path: '/', headers: {}, body: 'x' }

test('case 15: a worker that never accepts is given up after ConnectTimeout', async t => {
  const port = await fullPort(t)
  const httpUrl = `http://127.0.0.1:${port}`
  const worker = openWorker({ ...defaults, queueUrl: '', httpUrl, connectTimeoutSeconds: 1 })
  t.after(() => worker.close())
  const startedAt = performance.now()
  assert.deepEqual(await worker.post(request), { failure: 'Errno::ETIMEDOUT' })
  const seconds = (performance.now() - startedAt) / 1000
  assert.ok(seconds > 0.9 && seconds < 3, `${seconds} s`)
})

/** A port whose owner is stopped and whose backlog is full: a new connection waits for ever. */
async function fullPort(t: TestContext): Promise<number> {
  const script = `require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 },
    function () { console.log(this.address().port) })`
  const owner = spawn(process.execPath, ['-e', script])
  t.after(() => owner.kill('SIGKILL'))
  const port = Number(String((await once(owner.stdout, 'data'))[0]))
  owner.kill('SIGSTOP')
  const sockets: Socket[] = []
  t.after(() => {
    for (const socket of sockets) socket.destroy()
  })
  let isFull = false
  while (!isFull) {
    const socket = connect({ port, host: '127.0.0.1' }).on('error', () => {})
    sockets.push(socket)
    const signal = AbortSignal.timeout(300)
    isFull = await once(socket, 'connect', { signal }).then(
      () => false,
      () => true
    )
  }
  return port
}
