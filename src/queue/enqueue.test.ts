import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { onBothDatabases } from '../../test/databases.ts'
import { type Engine, openEngine, order, recordJob, reload } from '../../test/engine.ts'
import { startProxy } from '../../test/proxy.ts'
import { enqueue, send, sendBatch } from './enqueue.ts'
import * as jobs from './job.ts'
import * as messages from './message.ts'
import { perform } from './perform.ts'
import { openQueue } from './sqs.ts'

onBothDatabases(url => {
  const open = (t: TestContext) => openEngine(t, url(), async () => ({}))

  test('an order is answered although SQS is silent, and its sending given up within five seconds', async t => {
    const engine = await open(t)
    const proxy = await startProxy(t, engine.aws.endpoint)
    const queue = openQueue({ ...engine.config, AWS_ENDPOINT_URL_SQS: proxy.url })
    t.after(() => queue.close())
    proxy.silence(true)
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const { job, status } = await enqueue({ ...engine, queue }, order)
    assert.equal(status, 'new')
    await proxy.swallowed()
    t.mock.timers.tick(4999)
    await engine.underway.ended()
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

  test('orders of the same moment share calls and statements, and each keeps its own message', async t => {
    const engine = await open(t)
    const statements: string[] = []
    engine.database.on('query', ({ method }) => statements.push(method))
    const enqueued = await Promise.all(Array.from({ length: 40 }, () => enqueue(engine, order)))
    await engine.underway.ended()
    const count = (name: string) => statements.filter(method => method === name).length
    assert.ok(count('insert') < 10, `${count('insert')} statements for 40 rows`)
    assert.ok(count('update') < 20, `${count('update')} statements for 40 messages`)
    const rows = await Promise.all(enqueued.map(({ job }) => reload(engine, job)))
    assert.deepEqual(
      rows.map(row => row.token),
      enqueued.map(({ job }) => job.token)
    )
    const sent = await received(engine, 40)
    for (const { id, sqs_message_id } of rows) assert.equal(sent.get(sqs_message_id ?? ''), id)
  })

  test('of the notes of one moment, that of a job that has moved on is left out', async t => {
    const engine = await open(t)
    const recorded = await Promise.all([1, 2, 3].map(() => recordJob(engine)))
    const [, second] = recorded as [jobs.Job, jobs.Job, jobs.Job]
    await perform(engine, { job: second.id, receiveCount: 1, messageId: 'delivered' })
    await Promise.all(recorded.map(job => messages.sent(engine.database, job, `m${job.id}`)))
    const rows = await Promise.all(recorded.map(job => reload(engine, job)))
    assert.deepEqual(
      rows.map(({ id, sqs_message_id }) => sqs_message_id === `m${id}`),
      [true, false, true]
    )
  })

  test('a token opens a job as it is and in no other spelling', async t => {
    const engine = await open(t)
    const job = await recordJob(engine)
    assert.equal((await jobs.findByToken(engine.database, job.token))?.id, job.id)
    for (const token of [`${job.token} `, `${job.token}   `, job.token.toUpperCase()])
      assert.equal(await jobs.findByToken(engine.database, token), undefined, `"${token}"`)
  })
})

/** The jobs on the queue, by the ids of their messages. */
async function received({ aws, config }: Engine, count: number) {
  const command = { QueueUrl: config.QUEUE_URL, MaxNumberOfMessages: 10 }
  const jobOf = new Map<string, number>()
  while (jobOf.size < count) {
    const { Messages = [] } = await aws.sqs.send(new ReceiveMessageCommand(command))
    assert.ok(Messages.length > 0, `${jobOf.size} messages`)
    for (const { MessageId = '', Body = '' } of Messages) jobOf.set(MessageId, JSON.parse(Body).job)
  }
  return jobOf
}
