import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { eventually } from '../test/engine.ts'

/** A process that opens and closes when it is told, and says what it does. */
const program = `
import { pino } from 'pino'
import { stopOnSignal } from '${new URL('./stop.ts', import.meta.url)}'
const [seconds, clock] = process.argv.slice(1)
if (clock === 'stands still') performance.now = () => 0
const told = {}
const word = name => new Promise(resolve => (told[name] = resolve))
const closed = word('closed')
const close = () => (console.log('closing'), closed)
stopOnSignal(word('open').then(() => ({ close })), pino(), Number(seconds))
process.stdin.on('data', data => {
  for (const name of String(data).split('\\n')) name === 'throw' ? fail() : told[name]?.()
})
const fail = () => setImmediate(() => { throw new Error('Out of paper.') })
console.log('ready')
`

async function start(t: TestContext, seconds = 60, clock = 'goes') {
  const flags = ['--input-type=module', '-e', program, String(seconds), clock]
  const child = spawn(process.execPath, flags, { cwd: import.meta.dirname })
  t.after(() => child.kill('SIGKILL'))
  // Only then has all of its output come.
  const exited = once(child, 'close')
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', data => {
      output += data
    })
  const says = (word: string) => eventually(() => output.includes(word))
  const tell = (word: string) => child.stdin.write(`${word}\n`)
  await says('ready')
  return { child, says, tell, exited, output: () => output }
}

test('Ctrl-C that comes twice, once from npm, is one', async t => {
  const { child, says, tell, exited, output } = await start(t, 60, 'stands still')
  tell('open')
  child.kill('SIGINT')
  await says('closing')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) child.kill(signal)
  tell('closed')
  assert.deepEqual(await exited, [0, null], output())
})

test('a signal more than a second after the first ends the process at once', async t => {
  const { child, says, tell, exited } = await start(t)
  tell('open')
  const since = performance.now()
  child.kill('SIGINT')
  await says('closing')
  const interrupting = setInterval(() => child.kill('SIGINT'), 50)
  t.after(() => clearInterval(interrupting))
  assert.deepEqual(await exited, [1, null])
  assert.ok(performance.now() - since > 1000)
})

test('a signal during the start closes what has been opened by then', async t => {
  const { child, says, tell, exited, output } = await start(t)
  child.kill('SIGTERM')
  await says('SIGTERM: stop')
  assert.doesNotMatch(output(), /closing/)
  tell('open')
  await says('closing')
  tell('closed')
  assert.deepEqual(await exited, [0, null])
})

test('a process that does not stop in time ends with 1', async t => {
  const { child, tell, exited, output } = await start(t, 0.2)
  tell('open')
  child.kill('SIGTERM')
  assert.deepEqual(await exited, [1, null])
  assert.match(output(), /not stopped within 0.2 s/)
})

test('an error that nobody caught is logged, and what is open is closed', async t => {
  const { says, tell, exited, output } = await start(t)
  tell('open')
  tell('throw')
  await says('closing')
  tell('closed')
  assert.deepEqual(await exited, [1, null])
  assert.match(output(), /Out of paper.*nobody caught/)
})
