import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { cpSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { eventually } from './engine.ts'
import { openFolder, settled } from './line.ts'
import { needs } from './needs.ts'

const root = join(import.meta.dirname, '..')
const walk = readFileSync(join(root, 'docs/add-a-job.md'), 'utf8')
const blocks = [...walk.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, text = '']) => ({
  language,
  text
}))
const anyPorts = { PORT: '0', WORKER_PORT: '0', MAILBOX_PORT: '0', AWS_PORT: '0' }

/** A copy of the repository, as far as the walk needs it. */
function copy(t: TestContext): string {
  const folder = openFolder(t)
  for (const part of ['src', 'test', 'examples', 'migrations', 'cron.yaml', 'package.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

/** Runs a command of the walk; the tests around must not make a test of it that says nothing. */
async function run(folder: string, command: string) {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const PATH = `${dirname(process.execPath)}:${process.env['PATH']}`
  return await promisify(execFile)('sh', ['-c', command], {
    cwd: folder,
    env: { ...env, PATH }
  })
}

/** `npm start`, until the test ends. */
async function start(t: TestContext, folder: string) {
  const env = { ...process.env, ...anyPorts, DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'error' }
  const child = spawn(process.execPath, ['src/local/main.ts'], { cwd: folder, env })
  t.after(() => child.kill('SIGKILL'))
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', data => {
      output += data
    })
  await eventually(() => output.includes('Ctrl-C') || child.exitCode !== null, 100)
  const [webUrl = ''] = /http:\S+/.exec(output) ?? []
  assert.ok(webUrl, output)
  return webUrl
}

/** Fields as a browser sends them. */
function formOf(folder: string) {
  const order = readFileSync(join(folder, 'src/jobs/certificate/order.json'), 'utf8')
  return new URLSearchParams(JSON.parse(order))
}

test('the walk to a new kind of job ends at its file, by form and by program', {
  skip: needs('curl')
}, async t => {
  const folder = copy(t)
  const [make, code, order, check, ...others] = blocks
  assert.deepEqual(others, [], 'each block of the walk is run here')
  await run(folder, make?.text ?? '')
  assert.equal(readFileSync(join(folder, 'src/jobs/certificate/job.ts'), 'utf8'), code?.text)

  const { stdout: report } = await run(folder, check?.text ?? '')
  assert.match(report, /^ℹ pass [1-9]/m)

  const webUrl = await start(t, folder)
  const command = order?.text.replace('http://127.0.0.1:3000', webUrl) ?? ''
  const { token } = JSON.parse((await run(folder, command)).stdout)
  const init = { method: 'POST', body: formOf(folder), redirect: 'manual' as const }
  const sent = await fetch(`${webUrl}/new/certificate`, init)
  assert.equal(sent.status, 303)
  const own = String(sent.headers.get('location')).split('/').at(-1) as string
  for (const each of [token, own]) {
    const job = await settled(webUrl, each)
    assert.deepEqual([job.state, job.file?.name], ['finished', '修了証.pdf'])
  }
})

test('a new kind has a name of its own, in code and in addresses', async t => {
  const folder = copy(t)
  const make = (name: string) => run(folder, `node examples/new-kind.ts ${name}`)
  await make('packing-list')
  const read = (file: string) => readFileSync(join(folder, 'src/jobs', file), 'utf8')
  assert.match(read('packing-list/job.ts'), /const packingList = defineJob.*name: 'packing-list'/s)
  assert.match(read('packing-list/job.ts'), /put\(`packing-list\/\$/)
  assert.match(read('packing-list/job.test.ts'), /performKind\(t, packingList, order/)
  assert.match(read('index.ts'), /^import \{ packingList \} from '.\/packing-list\/job.ts'$/m)
  assert.match(read('index.ts'), /\[invoice, .*, packingList\]/)
  for (const taken of ['order', 'await', 'kinds']) {
    await make(taken)
    await run(folder, `npm test -- src/jobs/${taken}`)
    assert.match(read('index.ts'), new RegExp(`import . ${taken}Job . from './${taken}/job.ts'`))
  }
  await assert.rejects(make('packing-list'), /is there already: choose another name/)
  for (const name of ['', 'Packing', '../x', 'a_b'])
    await assert.rejects(make(`"${name}"`), /Say what the kind is called/)
})
