import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { type Engine, eventually, expire, recordJob, reload } from '../../test/engine.ts'
import { openLong } from '../../test/long.ts'
import type { Job } from './job.ts'
import { perform } from './perform.ts'
import { openRoom } from './room.ts'
import { sweep } from './sweep.ts'

const first = (job: Job) => ({ job: job.id, receiveCount: 1 })

onBothDatabases(url => {
  const open = (t: TestContext, size?: number) => openLong(t, url(), size)
  const state = async (engine: Engine, job: Job) => (await reload(engine, job)).state
  const until = (engine: Engine, job: Job, wanted: string) =>
    eventually(async () => (await state(engine, job)) === wanted)

  test('a long job is acknowledged once it has its lease, and ends by itself', async t => {
    const { engine, place, end } = await open(t)
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job), place), 'begun')
    const { state, lease_until } = await reload(engine, job)
    assert.equal(state, 'running')
    assert.ok((lease_until ?? 0) > Date.now())
    await end()
    await until(engine, job, 'finished')
  })

  test('a message of a long job in work goes, for the row alone makes sure that it ends', async t => {
    const { engine, place, end } = await open(t, 1)
    const job = await recordJob(engine)
    await perform(engine, first(job), place)
    const again = () => perform(engine, { job: job.id, receiveCount: 5 }, place)
    assert.equal(await again(), 'duplicate')
    assert.equal(await perform(engine, first(job), { room: openRoom(1) }), 'duplicate', 'elsewhere')
    await expire(engine, job)
    assert.equal(await again(), 'duplicate', 'no place is free, and the sweep will send it')
    await engine.database('jobs').update({ deaths: 2 })
    assert.equal(await perform(engine, first(job), { room: openRoom(1) }), 'duplicate', 'deadly')
    const { state, attempts, run_at } = await reload(engine, job)
    assert.deepEqual([state, attempts, run_at], ['running', 1, null])
    assert.equal(await engine.queue.depth(), 0)
    await end()
    await until(engine, job, 'finished')
  })

  test('a long job whose lease has run out is taken over where a place is free', async t => {
    const { engine, place, end } = await open(t)
    const job = await recordJob(engine)
    await perform(engine, first(job), place)
    await expire(engine, job)
    assert.equal(await perform(engine, first(job), place), 'begun')
    await end(new Error('The one before has lost its job and changes nothing.'))
    await end()
    await until(engine, job, 'finished')
  })

  test('a long job whose worker dies is sent again by the sweep', async t => {
    const { engine, place, end } = await open(t)
    const job = await recordJob(engine)
    await perform(engine, first(job), place)
    await expire(engine, job)
    assert.deepEqual(await sweep(engine), { sent: 0, released: 1, failed: 0 })
    assert.equal(await engine.queue.depth(), 1)
    assert.equal(await perform(engine, first(job), place), 'begun')
    await end(new Error('The dead one, which only seemed to be dead, changes nothing.'))
    await end()
    await until(engine, job, 'finished')
    assert.equal((await reload(engine, job)).attempts, 2)
  })

  test('a worker that is full of long jobs says so before it claims one, and a message comes later', async t => {
    const { engine, place, end } = await open(t, 1)
    const [one, other] = [await recordJob(engine), await recordJob(engine)]
    assert.equal(await perform(engine, first(one), place), 'begun')
    assert.equal(await perform(engine, first(other), place), 'full')
    const { state, attempts, run_at, sqs_message_id } = await reload(engine, other)
    assert.deepEqual([state, attempts], ['waiting', 0])
    assert.ok((run_at ?? 0) > Date.now() + 50_000)
    assert.ok(sqs_message_id)
    assert.equal((await engine.queue.counts()).delayed, 1)
    await end()
    await until(engine, one, 'finished')
    await engine.database('jobs').where({ id: other.id }).update({ run_at: Date.now() })
    await engine.underway.ended()
    assert.equal(await perform(engine, first(other), place), 'begun')
    await end()
    await until(engine, other, 'finished')
  })

  test('of many long jobs at the same moment no more begin than there are places', async t => {
    const { engine, place, end } = await open(t, 2)
    const many = await Promise.all(Array.from({ length: 6 }, () => recordJob(engine)))
    const outcomes = await Promise.all(many.map(job => perform(engine, first(job), place)))
    assert.deepEqual(outcomes.toSorted(), ['begun', 'begun', 'full', 'full', 'full', 'full'])
    await end()
    await end()
    await engine.underway.ended()
  })

  test('a place is free again when the claim is lost to another worker', async t => {
    const { engine, place, end } = await open(t, 1)
    const job = await recordJob(engine)
    const other = { room: openRoom(1) }
    const outcomes = [perform(engine, first(job), place), perform(engine, first(job), other)]
    assert.deepEqual((await Promise.all(outcomes)).toSorted(), ['begun', 'duplicate'])
    await end()
    await until(engine, job, 'finished')
    await engine.underway.ended()
  })

  test('a long job that fails is sent again with a delay, and fails for good after five attempts', async t => {
    const { engine, place, end } = await open(t)
    const job = await recordJob(engine)
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const delays: number[] = []
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const late = { job: job.id, receiveCount: 9 }
      assert.equal(await perform(engine, late, place), 'begun')
      await end(new Error('Out of paper.'))
      await engine.underway.ended()
      const { run_at } = await reload(engine, job)
      if (run_at) delays.push((run_at - Date.now()) / 1000)
      await engine.database('jobs').where({ id: job.id }).update({ run_at: null })
    }
    const { state, error, attempts } = await reload(engine, job)
    assert.deepEqual([state, attempts], ['failed', 5])
    assert.match(error ?? '', /^Out of paper\./)
    assert.deepEqual(delays, [30, 60, 120, 240])
    assert.equal((await engine.queue.counts()).delayed, 4)
  })

  test('a worker that stops hands its long jobs back, without counting the attempt', async t => {
    const { engine, place, stopping } = await open(t)
    const job = await recordJob(engine)
    await perform(engine, first(job), place)
    stopping.abort(new Error('The worker is stopping.'))
    await engine.underway.ended()
    const { state, attempts, run_at } = await reload(engine, job)
    assert.deepEqual([state, attempts], ['retrying', 0])
    assert.ok((run_at ?? Number.POSITIVE_INFINITY) <= Date.now(), 'for the next sweep')
  })
})
