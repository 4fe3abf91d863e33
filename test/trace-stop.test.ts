import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { readDatabaseConfig } from '../src/config.ts'
import { migrate, openDatabase } from '../src/database.ts'
import { startAws } from '../src/local/aws.ts'
import { openCollector } from './collector.ts'
import { eventually } from './engine.ts'
import { openFolder, order, post } from './line.ts'

/** The web tier as a process of its own. */
async function startWeb(t: TestContext, OTEL_EXPORTER_OTLP_ENDPOINT: string) {
  const folder = openFolder(t)
  const aws = await startAws(0, 5)
  t.after(() => aws.close())
  const DATABASE_URL = `sqlite:${join(folder, 'beanline.sqlite')}`
  const database = openDatabase(readDatabaseConfig({ DATABASE_URL }))
  await migrate(database)
  await database.destroy()
  const env = {
    ...{ TIER: 'web', PORT: '0', DATABASE_URL, QUEUE_URL: aws.queueUrl, API_KEYS: 'local' },
    ...{ STORAGE_URL: `file:${join(folder, 'files')}`, MAIL_FROM: 'noreply@beanline.example' },
    ...{ PUBLIC_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_SQS: aws.endpoint },
    OTEL_EXPORTER_OTLP_ENDPOINT
  }
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts')], { env })
  t.after(() => child.kill('SIGKILL'))
  let output = ''
  child.stdout.on('data', data => {
    output += data
  })
  const url = await eventually(() => /listening at (http:\/\/[\d.:]+)/.exec(output)?.[1])
  return { child, url }
}

test('a tier that is asked to stop sends the spans that it still has', async t => {
  const collector = await openCollector(t)
  const { child, url } = await startWeb(t, collector.url)
  assert.equal((await post(url, order())).status, 202)
  child.kill('SIGTERM')
  await eventually(() => child.exitCode !== null)
  assert.equal(child.exitCode, 0)
  const names = collector.spans.map(({ name }) => name).sort()
  assert.deepEqual(names, ['POST /api/jobs/invoice', 'record job', 'send job'])
  assert.ok(collector.spans.every(({ service }) => service === 'beanline-web'))
})

test('a collector that never answers holds a stop up for some seconds, and no more', async t => {
  const { url: collector } = await openCollector(t, true)
  const { child, url } = await startWeb(t, collector)
  assert.equal((await post(url, order())).status, 202)
  child.kill('SIGTERM')
  await eventually(() => child.exitCode !== null, 20)
  assert.equal(child.exitCode, 0)
})
