import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { eventually } from '../../test/engine.ts'
import { startAws } from '../local/aws.ts'

const main = join(import.meta.dirname, 'main.ts')

/** The daemon as a process of its own, in an empty folder, with nothing but these variables. */
function run(t: TestContext, environment: Record<string, string>, cronYaml?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'sqsd-'))
  t.after(() => rmSync(folder, { recursive: true }))
  if (cronYaml) writeFileSync(join(folder, 'cron.yaml'), cronYaml)
  const child = spawn(process.execPath, [main], { cwd: folder, env: environment })
  t.after(() => child.kill('SIGKILL'))
  const run = { child, text: '', exited: once(child, 'close').then(([code]) => code as number) }
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      run.text += chunk
    })
  return run
}

/** A daemon that has brought one message to a worker, which has not answered yet. */
async function openBusy(t: TestContext, environment: Record<string, string> = {}) {
  const held: ServerResponse[] = []
  const server = createServer((_request, response) => held.push(response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const aws = await startAws(0, 3)
  t.after(async () => {
    server.closeAllConnections()
    server.close()
    await aws.close()
  })
  const { sqs, queueUrl: QueueUrl } = aws
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))
  const daemon = run(t, {
    AWS_REGION: aws.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SQS: aws.endpoint,
    QUEUE_URL: QueueUrl,
    HTTP_URL: `http://127.0.0.1:${port}`,
    WAIT_TIME: '1',
    ...environment
  })
  const response = await eventually(() => held[0])
  const left = async () => {
    const AttributeNames = ['ApproximateNumberOfMessagesNotVisible' as const]
    const found = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }))
    return Object.values(found.Attributes ?? {}).map(Number)
  }
  return { ...daemon, daemon, response, left }
}

describe('npm run sqsd', { concurrency: true }, () => {
  test('SIGTERM lets the POST under way finish, deletes its message and ends well', async t => {
    const { child, exited, response, left, daemon } = await openBusy(t)
    child.kill('SIGTERM')
    response.end('done')
    assert.equal(await exited, 0)
    assert.deepEqual(await left(), [0])
    assert.match(
      daemon.text,
      /Z start: polling http.*\n.*Z message: sent to .*\n.*Z stop: drained\n$/
    )
  })

  test('a POST that outlasts DRAIN_TIME is cut off, and its message stays', async t => {
    const { child, exited, left, daemon } = await openBusy(t, { DRAIN_TIME: '1' })
    child.kill('SIGTERM')
    assert.equal(await exited, 0)
    assert.deepEqual(await left(), [1])
    assert.match(daemon.text, /drain: 1 messages cut off/)
  })

  test('a second signal ends it at once', async t => {
    const { child, exited } = await openBusy(t)
    const interrupting = setInterval(() => child.kill('SIGINT'), 100)
    t.after(() => clearInterval(interrupting))
    assert.equal(await exited, 1)
  })

  test('each wrong variable is named', async t => {
    const daemon = run(t, {
      HTTP_CONNECTIONS: '101',
      VISIBILITY_TIMEOUT: '5 minutes',
      HTTP_URL: 'localhost',
      HTTP_PATH: 'jobs',
      MIME_TYPE: 'json'
    })
    assert.equal(await daemon.exited, 1)
    const named = daemon.text
      .trim()
      .split('\n')
      .map(line => line.split(/[ :]/)[0])
    const wrong = ['VISIBILITY_TIMEOUT', 'HTTP_URL', 'HTTP_PATH', 'MIME_TYPE']
    assert.deepEqual(named, ['QUEUE_URL', 'HTTP_CONNECTIONS', ...wrong])
  })

  test('the region is asked for', async t => {
    const daemon = run(t, { QUEUE_URL: 'http://127.0.0.1/0/x', AWS_EC2_METADATA_DISABLED: 'true' })
    assert.equal(await daemon.exited, 1)
    assert.match(daemon.text, /^AWS_REGION is not set: .*\n$/)
  })

  test('a wrong cron.yaml of its folder keeps it from starting', async t => {
    const environment = { QUEUE_URL: 'http://127.0.0.1/0/x', AWS_REGION: 'eu-west-1' }
    const cron = 'version: 1\ncron:\n - {name: a, url: /a, schedule: "61 * * * *"}\n'
    const daemon = run(t, environment, cron)
    assert.equal(await daemon.exited, 1)
    assert.match(daemon.text, /^cron\.yaml, task 1 \(a\): "61" is no minute; .*\n$/)
  })
})
