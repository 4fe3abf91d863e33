import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { eventually } from '../../test/engine.ts'
import { openFolder } from '../../test/line.ts'
import { openQueue, openTarget } from '../../test/sqsd.ts'

const main = join(import.meta.dirname, 'main.ts')
const nowhere = ['--worker-queue-url', 'http://127.0.0.1/0/x']

type Start = { args: string[]; environment?: Record<string, string>; cronYaml?: string }

/** The daemon as a process of its own, in an empty folder, with nothing but these variables. */
function run(t: TestContext, { args, environment = {}, cronYaml }: Start) {
  const folder = openFolder(t)
  if (cronYaml) writeFileSync(join(folder, 'cron.yaml'), cronYaml)
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env: environment })
  t.after(() => child.kill('SIGKILL'))
  const run = { child, text: '', exited: once(child, 'close').then(([code]) => code as number) }
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      run.text += chunk
    })
  return run
}

/** A daemon that has brought one message to a worker, which has not answered yet. */
async function openBusy(t: TestContext, args: string[] = []) {
  const held: ServerResponse[] = []
  const { httpUrl } = await openTarget(t, response => held.push(response))
  const queue = await openQueue(t)
  await queue.put('x')
  const environment = {
    AWS_REGION: queue.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SQS: queue.endpoint,
    QUEUE_URL: queue.queueUrl
  }
  const flags = ['--http-url', httpUrl, '--wait-time', '1', ...args]
  const daemon = run(t, { args: flags, environment })
  const response = await eventually(() => held[0])
  return { ...daemon, daemon, response, queue }
}

describe('npm run sqsd', { concurrency: 4 }, () => {
  test('case 33: SIGTERM lets the POST under way finish, deletes its message and ends well', async t => {
    const { child, exited, response, queue, daemon } = await openBusy(t)
    child.kill('SIGTERM')
    response.end('done')
    assert.equal(await exited, 0)
    assert.equal(await queue.left(), 0)
    assert.match(
      daemon.text,
      /Z init: .*\n.*Z start: polling http.*\n.*Z message: sent to .*\n.*Z stop: drained\n$/
    )
  })

  test('case 33: a POST that outlasts --drain-time is cut off, and its message stays', async t => {
    const { child, exited, queue, daemon } = await openBusy(t, ['--drain-time', '1'])
    child.kill('SIGTERM')
    assert.equal(await exited, 0)
    assert.deepEqual(await queue.counts(), { visible: 0, hidden: 1 })
    assert.match(daemon.text, /drain: 1 messages cut off/)
  })

  test("case 33: with --faithful-kill it ends at once, as Amazon's does", async t => {
    const { child, exited, queue, daemon } = await openBusy(t, ['--faithful-kill'])
    child.kill('SIGTERM')
    assert.equal(await exited, 0)
    assert.deepEqual(await queue.counts(), { visible: 0, hidden: 1 })
    assert.doesNotMatch(daemon.text, /drain|stop/)
  })

  test('a second signal ends it at once', async t => {
    const { child, exited } = await openBusy(t)
    const interrupting = setInterval(() => child.kill('SIGINT'), 100)
    t.after(() => clearInterval(interrupting))
    assert.equal(await exited, 1)
  })

  test('what is wrong with its flags is all it prints', async t => {
    const daemon = run(t, { args: [...nowhere, '--http-path', 'jobs', '--wait-time', '21'] })
    assert.equal(await daemon.exited, 1)
    const names = daemon.text.trim().split('\n')
    assert.deepEqual(
      names.map(line => line.split(' ')[0]),
      ['--http-path', '--wait-time']
    )
  })

  test('--help and --version print and end', async t => {
    const help = run(t, { args: ['--help'] })
    const version = run(t, { args: ['--version'] })
    assert.deepEqual(await Promise.all([help.exited, version.exited]), [0, 0])
    assert.match(help.text, /^Usage: sqsd /)
    assert.match(version.text, /^\d+\.\d+\.\d+\n$/)
  })

  test('the region is asked for', async t => {
    const daemon = run(t, { args: nowhere, environment: { AWS_EC2_METADATA_DISABLED: 'true' } })
    assert.equal(await daemon.exited, 1)
    assert.match(daemon.text, /^AWS_REGION is not set: .*\n$/)
  })

  test('a warning is a line of the log', async t => {
    const args = ['--inactivity-timeout', '300']
    const { daemon } = await openBusy(t, args)
    assert.match(daemon.text, /Z init: warning: a worker may be silent for 300 s/)
  })

  test('case 29: a wrong cron.yaml of its folder keeps it from starting', async t => {
    const cronYaml = 'version: 1\ncron:\n - {name: a, url: /a, schedule: "61 * * * *"}\n'
    const daemon = run(t, { args: nowhere, environment: { AWS_REGION: 'eu-west-1' }, cronYaml })
    assert.equal(await daemon.exited, 1)
    assert.match(daemon.text, /^cron\.yaml:3: schedule of "a": "61" is no minute; .*$/m)
  })
})
