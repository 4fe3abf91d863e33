import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { eventually } from './engine.ts'

const main = join(import.meta.dirname, '../src/local/main.ts')
const anyPorts = { PORT: '0', WORKER_PORT: '0', MAILBOX_PORT: '0', AWS_PORT: '0' }

export type Started = { child: ChildProcess; output: () => string; url: (part: string) => string }

/** `npm start` in a process of its own. */
export async function start(t: TestContext, folder: string, more = {}): Promise<Started> {
  const env = { ...process.env, ...anyPorts, ...more, DATA_DIR: folder, LOG_LEVEL: 'error' }
  const child = spawn(process.execPath, [main], { env })
  t.after(() => child.kill('SIGKILL'))
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', data => {
      output += data
    })
  await eventually(() => output.includes('Ctrl-C') || child.exitCode !== null, 60)
  const url = (part: string) => new RegExp(`${part} +(http://[\\d.:]+)`).exec(output)?.[1] ?? ''
  return { child, output: () => output, url }
}

export async function kill({ child, output }: Started) {
  assert.equal(child.exitCode, null, output())
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}
