import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { eventually } from '../test/engine.ts'
import { openFolder } from '../test/line.ts'
import { processesIn } from './process-table.ts'

const isLinux = existsSync('/proc/self/cwd')
const skip = isLinux ? false : 'needs Linux'

/** A process that opens folders and starts what starts something else there, which ignores signals. */
const program = `
import { mkdirSync } from 'node:fs'
import { openFolders } from '${join(import.meta.dirname, 'folders.ts')}'
import { startProgram } from '${join(import.meta.dirname, 'program.ts')}'
const folders = await openFolders()
const env = { PATH: process.env.PATH }
const about = { name: 'x', cwd: folders.work, env, log: folders.logs + '/log' }
startProgram(['bash', '-c', "trap '' TERM INT; sleep 600 & setsid sleep 600 & wait"], about)
const end = () => folders.close().then(() => process.exit(130))
process.once('SIGINT', end)
process.once('SIGHUP', () => {
  let count = 0
  const writer = setInterval(() => {
    try {
      mkdirSync(folders.work + '/' + count++)
      if (count > 500) clearInterval(writer)
    } catch {
      clearInterval(writer)
    }
  }, 1)
  folders.close().then(isGone => process.exit(isGone ? 42 : 43))
})
process.once('SIGUSR2', () => folders.keep(folders.logs) && end())
setTimeout(() => process.send(folders.work), 0)
setInterval(() => {}, 1000)
`

async function start(t: TestContext) {
  const TMPDIR = openFolder(t)
  const args = ['--input-type=module-typescript', '--eval', program]
  const child = spawn(process.execPath, args, {
    env: { ...process.env, TMPDIR },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc']
  })
  t.after(() => child.kill('SIGKILL'))
  const [work] = (await once(child, 'message')) as [string]
  await eventually(() => processesIn(work).length === 3)
  return { child, work, TMPDIR }
}

async function ended(child: ChildProcess) {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.signalCode ?? child.exitCode
}

for (const [signal, ending] of [
  ['SIGKILL', 'SIGKILL'],
  ['SIGINT', 130]
] as const)
  test(`after ${signal}, no process and no folder is left`, { skip }, async t => {
    const { child, work, TMPDIR } = await start(t)
    child.kill(signal)
    assert.equal(await ended(child), ending)
    await eventually(() => processesIn(work).length === 0 && readdirSync(TMPDIR).length === 0)
  })

test('a folder in which something still appears is gone once it is said to be', {
  skip
}, async t => {
  const { child, work, TMPDIR } = await start(t)
  child.kill('SIGHUP')
  assert.equal(await ended(child), 42)
  assert.deepEqual([processesIn(work), readdirSync(TMPDIR)], [[], []])
})

test('a folder that is kept stays, without the processes in it', { skip }, async t => {
  const { child, work, TMPDIR } = await start(t)
  child.kill('SIGUSR2')
  assert.equal(await ended(child), 130)
  await eventually(() => processesIn(work).length === 0 && readdirSync(TMPDIR).length === 1)
  assert.match(readdirSync(TMPDIR)[0] ?? '', /^beanline-rehearsal-logs-/)
})
