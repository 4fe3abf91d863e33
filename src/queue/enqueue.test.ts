import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { openEngine, recordJob, reload } from '../../test/engine.ts'
import { startProxy } from '../../test/proxy.ts'
import { enqueue, send, sendBatch } from './enqueue.ts'
import * as jobs from './job.ts'
import { perform } from './perform.ts'
import { openQueue } from './sqs.ts'

const order = {
  kind: 'scripted',
  payload: '{"word":"hello"}',
  payload_hash: 'x',
  email: 'hanako@example.jp',
  language: 'ja' as const
}

onBothDatabases(url => {
  const open = (t: TestContext) => openEngine(t, url(), async () => ({}))

  test('nobody waits longer than five seconds for an SQS that is silent', async t => {
    const engine = await open(t)
    const proxy = await startProxy(t, engine.aws.endpoint)
    const queue = openQueue({ ...engine.config, AWS_ENDPOINT_URL_SQS: proxy.url })
    t.after(() => queue.close())
    proxy.silence(true)
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const enqueuing = enqueue({ ...engine, queue }, order)
    await proxy.swallowed()
    t.mock.timers.tick(4999)
    const { job, status } = await enqueuing
    assert.equal(status, 'new')
    assert.equal((await reload(engine, job)).sqs_message_id, null, 'left to the sweep')
  })

  test('a web tier that is late does not name its message on a job that has moved on', async t => {
    const engine = await open(t)
    const job = await recordJob(engine)
    const delivery = { job: job.id, receiveCount: 1, messageId: 'delivered' }
    assert.equal(await perform(engine, delivery), 'finished')
    const finished = await reload(engine, job)
    assert.equal(finished.sqs_message_id, 'delivered')
    await send(engine, job)
    assert.deepEqual(await reload(engine, job), finished)
  })

  test('each job of a batch remembers its own message', async t => {
    const engine = await open(t)
    const parcels = []
    for (const delaySeconds of [0, 0, 60])
      parcels.push({ job: await recordJob(engine), delaySeconds })
    assert.equal(await sendBatch(engine, parcels), 3)
    const rows = await Promise.all(parcels.map(({ job }) => reload(engine, job)))
    assert.equal(new Set(rows.map(row => row.sqs_message_id ?? 'none')).size, 3)
    assert.deepEqual(await engine.queue.counts(), { visible: 2, inFlight: 0, delayed: 1 })
  })

  test('a token opens a job as it is and in no other spelling', async t => {
    const engine = await open(t)
    const job = await recordJob(engine)
    assert.equal((await jobs.findByToken(engine.database, job.token))?.id, job.id)
    for (const token of [`${job.token} `, `${job.token}   `, job.token.toUpperCase()])
      assert.equal(await jobs.findByToken(engine.database, token), undefined, `"${token}"`)
  })
})
