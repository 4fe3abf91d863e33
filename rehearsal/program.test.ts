import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openFolder } from '../test/line.ts'
import { nodePath } from './bundle.ts'
import { Failure, linesOf, runProgram, shell, startProgram } from './program.ts'
import { until } from './until.ts'

function place(t: TestContext) {
  const cwd = openFolder(t)
  return { name: 'it', cwd, env: { PATH: nodePath() }, log: join(cwd, 'log') }
}

/** Says "ready", and then does this on SIGTERM. */
const onTerm = (act: string) =>
  `node -e "process.on('SIGTERM', () => ${act}); console.log('ready'); setInterval(() => {}, 1000)"`

async function start(t: TestContext, command: string) {
  const about = place(t)
  const program = startProgram(shell(command), about)
  t.after(() => program.stop('SIGKILL', 5))
  await until('it is ready', () => linesOf(about.log).includes('ready'), { seconds: 30 })
  return program
}

test('a command line ends with the exit code of its program', async t => {
  const program = await start(t, onTerm('process.exit(3)'))
  const { code, signal } = await program.stop('SIGTERM', 10)
  assert.deepEqual([code, signal], [3, null])
  assert.equal(program.trouble(), undefined)
})

test('what ignores the order to stop is killed when its time is over', async t => {
  const program = await start(t, onTerm('{}'))
  const { signal, seconds } = await program.stop('SIGTERM', 1)
  assert.equal(signal, 'SIGKILL')
  assert.ok(seconds >= 1)
})

test('a program that ends by itself is trouble', async t => {
  const program = startProgram(shell('exit 4'), place(t))
  await program.ended
  assert.equal(program.trouble(), 'it has ended by itself (exit code 4)')
})

test('a program that fails, or is not there, is an error that names its log', async t => {
  const about = place(t)
  const isTold = (error: unknown) => error instanceof Failure && error.log === about.log
  await assert.rejects(runProgram(shell('echo why; exit 1'), about), isTold)
  assert.deepEqual(linesOf(about.log), ['why'])
  await assert.rejects(runProgram(['no-such-program'], about), isTold)
  assert.match(linesOf(about.log).at(-1) ?? '', /ENOENT/)
})
