import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import { setImmediate } from 'node:timers/promises'

/** A port whose owner is stopped and whose backlog is full: a new connection waits for ever. */
export async function fullPort(t: TestContext): Promise<number> {
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
    await once(socket, 'connect', { signal }).catch(() => {})
    // On a busy machine the time may be up although the connection is there, unheard of.
    await setImmediate()
    isFull = socket.connecting
  }
  return port
}
