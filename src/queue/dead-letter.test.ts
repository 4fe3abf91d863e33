import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { bury, buryFailed, buryJob, deadCount as left, peek } from '../../test/dead-letters.ts'
import { openEngine, recordJob, reload } from '../../test/engine.ts'
import { examineDeadLetters } from './dead-letter.ts'
import * as decisions from './decision.ts'
import { send } from './enqueue.ts'
import * as jobs from './job.ts'
import * as messages from './message.ts'
import { perform } from './perform.ts'

onBothDatabases(url => {
  const open = (t: TestContext) => openEngine(t, url(), async () => ({}))

  test('a job whose message died fails with the reason, and the message stays', async t => {
    const engine = await open(t)
    const job = await recordJob(engine)
    await buryJob(engine, job)
    assert.deepEqual(await examineDeadLetters(engine), { seen: 1, failed: 1, dropped: 0 })
    const { state, error, dead_lettered_at } = await reload(engine, job)
    assert.equal(state, 'failed')
    assert.match(error ?? '', /^Its message was delivered \d+ times for nothing/)
    assert.ok(dead_lettered_at)
    assert.equal(await left(engine), 1)
    const [letter] = await engine.database('dead_letters')
    assert.match(letter.sentence, /^Its message was delivered # times/)
  })

  test('a job that failed so is told of, and one that was left alone is not', async t => {
    const engine = await open(t)
    const job = await recordJob(engine)
    await buryJob(engine, job)
    await buryFailed(engine, 'No ink.')
    const told: number[] = []
    const announcer = {
      announce: ({ id }: { id: number }) => told.push(id),
      catchUp: async () => 0
    }
    await examineDeadLetters({ ...engine, announcer })
    assert.deepEqual(told, [job.id])
  })

  test('of a body that is longer than its column the beginning is kept', async t => {
    const engine = await open(t)
    await bury(engine, 'あ'.repeat(80_000))
    assert.equal((await examineDeadLetters(engine)).seen, 1)
    assert.equal((await engine.database('dead_letters').first()).body.length, 10_000)
  })

  test('receives of the dead-letter queue are no deliveries', async t => {
    const engine = await open(t)
    const job = await recordJob(engine)
    await buryJob(engine, job)
    for (let look = 0; look < 9; look += 1) await peek(engine)
    await examineDeadLetters(engine)
    const { error } = await reload(engine, job)
    assert.match(error ?? '', /delivered 5 times for nothing/)
  })

  test('the operator can retry such a job, and its dead message is dropped then', async t => {
    const engine = await open(t)
    const job = await recordJob(engine)
    await bury(engine, JSON.stringify({ job: job.id }))
    await messages.sent(engine.database, job, 'a newer message')
    assert.deepEqual(await examineDeadLetters(engine), { seen: 1, failed: 0, dropped: 1 })
    assert.equal((await reload(engine, job)).state, 'waiting')
    assert.equal(await left(engine), 0)
  })

  test('the message of a job that finished after all is dropped', async t => {
    const engine = await open(t)
    const job = await recordJob(engine)
    await buryJob(engine, job)
    await perform(engine, { job: job.id, receiveCount: 5 })
    assert.deepEqual(await examineDeadLetters(engine), { seen: 1, failed: 0, dropped: 1 })
    assert.equal(await left(engine), 0)
  })

  test('a job at work, a failed one, and what is no message of ours are left alone', async t => {
    const engine = await open(t)
    const running = await recordJob(engine)
    await buryJob(engine, running)
    await jobs.claim(engine.database, running)
    const failed = await recordJob(engine)
    await buryJob(engine, failed)
    await engine.database('jobs').where({ id: failed.id }).update({ state: 'failed', error: 'x' })
    const { id } = await recordJob(engine)
    const foreign = ['{"job": 999999}', 'hello', ' ', 'null', `{"tick": ${id}}`]
    const nearly = [
      `{"job":${id}.5}`,
      `{"job":${id}`,
      `{"job":"${id}"}`,
      '{"job":1e99}',
      '{"job":-1}'
    ]
    for (const body of [...foreign, ...nearly]) await bury(engine, body)
    assert.deepEqual(await examineDeadLetters(engine), { seen: 12, failed: 0, dropped: 0 })
    assert.equal((await reload(engine, running)).state, 'running')
    assert.equal((await reload(engine, failed)).error, 'x')
    assert.equal(await left(engine), 12)
  })

  test('the old message of a job that has failed again with another is dropped', async t => {
    const engine = await open(t)
    const job = await buryFailed(engine, 'No ink.')
    await decisions.sendBack(engine, await reload(engine, job))
    const attempt = await jobs.claim(engine.database, await reload(engine, job))
    assert.ok(attempt && (await jobs.fail(engine.database, attempt, 'No ink.')))
    assert.deepEqual(await examineDeadLetters(engine), { seen: 1, failed: 0, dropped: 1 })
    assert.equal((await reload(engine, job)).state, 'failed')
    assert.equal(await left(engine), 0)
  })

  test('more than one look takes is looked at, each message once', async t => {
    const engine = await open(t)
    for (let n = 0; n < 25; n += 1) await buryJob(engine, await recordJob(engine))
    assert.deepEqual(await examineDeadLetters(engine), { seen: 25, failed: 25, dropped: 0 })
  })

  test('a job that the operator has sent back meanwhile is not failed for its old message', async t => {
    const engine = await open(t)
    const job = await recordJob(engine)
    await buryJob(engine, job)
    const seen = await reload(engine, job)
    assert.equal((await examineDeadLetters(engine)).failed, 1)
    assert.ok(await decisions.requeue(engine.database, await reload(engine, job)))
    assert.equal(await jobs.bury(engine.database, seen, 'dead'), false)
    await send(engine, await reload(engine, job))
    assert.equal(await jobs.bury(engine.database, seen, 'dead'), false)
    assert.equal((await reload(engine, job)).state, 'waiting')
  })
})

test('without a dead-letter queue there is nothing to look at', async t => {
  const engine = await openEngine(t, 'sqlite::memory:', async () => ({}))
  engine.config.DEAD_LETTER_QUEUE_URL = ''
  const { openQueue } = await import('./sqs.ts')
  const queue = openQueue(engine.config)
  t.after(() => queue.close())
  assert.deepEqual(await examineDeadLetters({ ...engine, queue }), {
    seen: 0,
    failed: 0,
    dropped: 0
  })
})
