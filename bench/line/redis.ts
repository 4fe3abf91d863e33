import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../test/free-port.ts'
import { until } from '../stage.ts'

export const hasRedis = isThere('redis-server')

function isThere(program: string) {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A Redis of its own that writes to its log each second, as its makers advise for queues. */
export async function startRedis() {
  const folder = mkdtempSync(join(tmpdir(), 'beanline-redis-'))
  const port = await freePort()
  const settings = ['--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--save', '']
  const server = spawn('redis-server', ['--port', String(port), ...settings], { stdio: 'ignore' })
  const remove = () => {
    server.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', remove)
  await until(() => ask(port, 'PING').then(Boolean, () => false), 10, 'Redis')
  return {
    url: `redis://127.0.0.1:${port}`,
    async statements(): Promise<number> {
      const text = await ask(port, 'INFO commandstats')
      const calls = [...text.matchAll(/:calls=(\d+)/g)].map(([, count]) => Number(count))
      return calls.reduce((sum, count) => sum + count, 0)
    },
    async stop() {
      server.kill('SIGKILL')
      await once(server, 'exit')
      process.off('exit', remove)
      remove()
    }
  }
}

/** What Redis answers to a command, and then it is done with the connection. */
async function ask(port: number, command: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.end(`${command}\r\nQUIT\r\n`)
  let text = ''
  for await (const chunk of socket) text += chunk
  return text
}
