import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { eventually } from '../../test/engine.ts'
import { openFolder } from '../../test/line.ts'
import { openBusySqsd as openBusy, runSqsd as run } from '../../test/sqsd-process.ts'

const nowhere = ['--worker-queue-url', 'http://127.0.0.1/0/x']
const local = { AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:9', AWS_EC2_METADATA_DISABLED: 'true' }

describe('npm run sqsd', { concurrency: 4 }, () => {
  test('case 33: SIGTERM lets the POST under way finish, deletes its message and ends well', async t => {
    const { child, exited, response, queue, daemon } = await openBusy(t)
    child.kill('SIGTERM')
    response.end('done')
    assert.equal(await exited, 0)
    assert.equal(await queue.left(), 0)
    assert.match(
      daemon.text,
      /Z start: polling http.*\n.*Z message: sent to .*\n.*Z stop: SIGTERM; a second one ends at once\n.*Z drain: waiting for .*, and for POSTs: \d\n.*Z stop: drained\n$/
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
    assert.doesNotMatch(daemon.text, /Z (drain|stop):/)
  })

  test('a second signal ends it at once', async t => {
    const { child, exited } = await openBusy(t)
    const interrupting = setInterval(() => child.kill('SIGINT'), 100)
    t.after(() => clearInterval(interrupting))
    assert.equal(await exited, 1)
  })

  test('the end of its terminal lets the POST under way finish, too', async t => {
    const { child, exited, response, queue } = await openBusy(t)
    child.kill('SIGHUP')
    response.end('done')
    assert.equal(await exited, 0)
    assert.equal(await queue.left(), 0)
  })

  test('npm passes SIGTERM on to it', async t => {
    const path = `${dirname(process.execPath)}:${process.env['PATH']}`
    const { child, response, queue, daemon } = await openBusy(t, ['--cron-file', 'none'], {
      command: ['npm', 'run', 'sqsd', '--'],
      cwd: join(import.meta.dirname, '../..'),
      environment: { PATH: path, HOME: openFolder(t) }
    })
    child.kill('SIGTERM')
    await eventually(() => /stop: SIGTERM/.test(daemon.text))
    response.end('done')
    await eventually(() => /stop: drained/.test(daemon.text))
    assert.equal(await queue.left(), 0)
  })

  test('when nobody reads its log any more it drains, and its exit code says so', async t => {
    const { child, exited, held, queue } = await openBusy(t)
    child.stdout.destroy()
    await queue.put('y')
    await eventually(() => held.length === 2)
    for (const response of held) response.end('done')
    assert.equal(await exited, 1)
    assert.equal(await queue.left(), 0)
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

  test('what is in force and what is to be warned of are lines of the log', async t => {
    const args = ['--inactivity-timeout', '300', '--faults', 'cut=60']
    const { daemon } = await openBusy(t, args)
    assert.match(daemon.text, /Z init: in force: .* --inactivity-timeout 300 .* --faults cut=60 /)
    assert.match(daemon.text, /Z init: warning: a worker may be silent for 300 s/)
    assert.match(daemon.text, /Z init: warning: faults are on/)
  })

  test('a queue that is elsewhere than the SQS that is asked is warned of', async t => {
    const environment = { AWS_REGION: 'eu-west-1', AWS_EC2_METADATA_DISABLED: 'true' }
    const other = run(t, { args: nowhere, environment })
    await eventually(() => /queue is at 127\.0\.0\.1, but SQS of eu-west-1/.test(other.text))
    const url = 'https://sqs.eu-west-1.amazonaws.com/1/x'
    const right = run(t, { args: ['--worker-queue-url', url], environment })
    await eventually(() => /start: /.test(right.text))
    assert.doesNotMatch(right.text, /the queue is at/)
  })

  test('credentials are asked for, and it goes on without them', async t => {
    const environment = { AWS_REGION: 'eu-west-1', ...local }
    const daemon = run(t, { args: nowhere, environment })
    await eventually(() => /warning: there are no AWS credentials: set AWS_A/.test(daemon.text))
    await eventually(() => /pollers: .*next try in 1000 ms/.test(daemon.text))
  })

  test('periodic tasks are switched off with --cron-file none', async t => {
    const environment = { AWS_REGION: 'eu-west-1', ...local }
    const cronYaml = 'version: 1\ncron:\n - {name: a, url: /a, schedule: "@daily"}\n'
    const off = run(t, { args: [...nowhere, '--cron-file', 'none'], environment, cronYaml })
    const on = run(t, { args: nowhere, environment, cronYaml })
    await eventually(() => /start: /.test(off.text) && /start: /.test(on.text))
    assert.doesNotMatch(off.text, /schedule/)
    assert.match(on.text, /schedule-parser: Successfully loaded 1 /)
    assert.match(on.text, /scheduler: without a registry this daemon sends every tick/)
  })

  test('case 29: a wrong cron.yaml of its folder keeps it from starting', async t => {
    const cronYaml = 'version: 1\ncron:\n - {name: a, url: /a, schedule: "61 * * * *"}\n'
    const daemon = run(t, { args: nowhere, environment: { AWS_REGION: 'eu-west-1' }, cronYaml })
    assert.equal(await daemon.exited, 1)
    assert.match(daemon.text, /^cron\.yaml:3: schedule of "a": "61" is no minute; .*$/m)
  })
})
