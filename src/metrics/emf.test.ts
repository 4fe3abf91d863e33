import assert from 'node:assert/strict'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { checkDocument, type Document } from '../../test/emf.ts'
import { openEngine, recordJob } from '../../test/engine.ts'
import { openFolder } from '../../test/line.ts'
import { readConfig } from '../config.ts'
import { perform } from '../queue/perform.ts'
import { tasks } from '../worker/app.ts'
import * as count from './count.ts'
import { openEmf } from './emf.ts'

async function open(t: TestContext) {
  const file = join(openFolder(t), 'metrics.log')
  const engine = await openEngine(t, 'sqlite::memory:', async () => ({}))
  const config = { ...engine.config, METRICS_EMF: 'Beanline', METRICS_EMF_FILE: file }
  const warnings: string[] = []
  const emf = openEmf(config, {
    warn: (_facts: unknown, text?: string) => warnings.push(text ?? '')
  })
  const lines = () => readFileSync(file, 'utf8').trimEnd().split('\n').map(parse)
  return { engine: { ...engine, config, emf }, emf, file, lines, warnings }
}

function parse(line: string) {
  const document: Document = JSON.parse(line)
  checkDocument(document)
  return document
}

test('a process tells each minute how much its counts have grown', async t => {
  const { engine, emf, lines } = await open(t)
  // What other tests of this process have counted is told first.
  await emf.watch('worker').stop()
  t.mock.timers.enable({ apis: ['setInterval'] })
  const watch = emf.watch('worker')
  const { JobsFinished: before = 0 } = lines()[0] as Document
  const { id } = await recordJob(engine)
  await perform(engine, { job: id, receiveCount: 1 })
  t.mock.timers.tick(60_000)
  t.mock.timers.reset()
  await watch.stop()
  const [first = {}, ...rest] = lines().slice(1) as Record<string, unknown>[]
  assert.equal(first['JobsFinished'], Number(before) + 1)
  assert.equal(first['Tier'], 'worker')
  assert.equal([first['WorkSeconds']].flat().length, 1)
  assert.deepEqual(
    rest.map(line => line['JobsFinished']),
    [0]
  )
})

test('the web tier tells of orders and requests, the worker tier of attempts and mails', async t => {
  const { emf, lines } = await open(t)
  await emf.watch('web').stop()
  await emf.watch('worker').stop()
  const [web, worker] = lines().map(line =>
    line._aws.CloudWatchMetrics.flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name))
  )
  assert.ok(web?.includes('Orders') && !web.includes('Attempts'))
  assert.ok(worker?.includes('LeasesLost') && !worker.includes('Orders'))
})

test('the worker that has done the sweep tells how the line stands, and no other', async t => {
  const { engine, lines } = await open(t)
  await recordJob(engine)
  await tasks.sweep(engine)
  assert.equal(lines().length, 1)
  const [line] = lines()
  assert.equal(line?.['SweepsDone'], 1)
  assert.equal(line?.['JobsWaiting'], 1)
  assert.equal(line?.['DeadLetters'], 0)
})

test('of more than a hundred values in a minute a hundred are told', async t => {
  const { emf, lines } = await open(t)
  await emf.watch('worker').stop()
  for (let value = 1; value <= 1000; value += 1)
    count.attempt({ kind: 'scripted', outcome: 'finished', seconds: value })
  await emf.watch('worker').stop()
  const values = lines().at(-1)?.['WorkSeconds'] as number[]
  assert.equal(values.length, 100)
  assert.ok(Math.max(...values) > 500 && Math.min(...values) < 500)
})

test('what could not be told is in the next line, and harms nobody', async t => {
  const { engine, file, lines, warnings } = await open(t)
  const closed = openEmf(
    { ...engine.config, METRICS_EMF_FILE: join(file, 'nowhere') },
    { warn: (_facts: unknown, text?: string) => warnings.push(text ?? '') }
  )
  writeFileSync(file, '')
  await closed.tellLine(engine)
  await closed.watch('worker').stop()
  assert.equal(warnings.length, 1)
  assert.match(String(warnings[0]), /metrics not told/)
  assert.throws(lines)
})

test('a file of many days begins anew', async t => {
  const { emf, file, lines } = await open(t)
  writeFileSync(file, 'x'.repeat(10_000_001))
  await emf.watch('web').stop()
  assert.equal(lines().length, 1)
  assert.equal(statSync(`${file}.1`).size, 10_000_001)
})

test('nothing is told where no namespace is set', async t => {
  const { engine, file } = await open(t)
  const emf = openEmf({ ...engine.config, METRICS_EMF: '' }, { warn: assert.fail })
  await emf.watch('worker').stop()
  await emf.tellLine(engine)
  assert.throws(() => statSync(file))
})

test("a namespace of AWS's own is refused", () => {
  const rest = {
    ...{
      DATABASE_URL: 'sqlite::memory:',
      QUEUE_URL: 'http://127.0.0.1',
      MAIL_FROM: 'a@example.jp'
    },
    ...{ STORAGE_URL: 'file:x', PUBLIC_URL: 'http://127.0.0.1' }
  }
  assert.equal(readConfig({ ...rest, METRICS_EMF: 'Beanline/shop' }).METRICS_EMF, 'Beanline/shop')
  for (const METRICS_EMF of ['AWS/Beanline', 'a b', 'x:y'])
    assert.throws(() => readConfig({ ...rest, METRICS_EMF }), /METRICS_EMF is /)
})
