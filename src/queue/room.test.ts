import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expire, openEngine, recordJob, reload } from '../../test/engine.ts'
import { openLong } from '../../test/long.ts'
import { startAws } from '../local/aws.ts'
import * as decisions from './decision.ts'
import type { Job } from './job.ts'
import * as jobs from './job.ts'
import * as messages from './message.ts'
import { perform } from './perform.ts'
import { openRoom } from './room.ts'
import { sweep } from './sweep.ts'

const sqlite = 'sqlite::memory:'
const first = (job: Job) => ({ job: job.id, receiveCount: 1 })

const refuse = `CREATE TRIGGER refuse BEFORE UPDATE ON jobs
  BEGIN SELECT RAISE(ABORT, 'The disk is full.'); END`

test('a place is free again when the database fails at the claim', async t => {
  const { engine, place, end } = await openLong(t, sqlite, 1)
  const job = await recordJob(engine)
  await engine.database.raw(refuse)
  await assert.rejects(perform(engine, first(job), place), /The disk is full/)
  await engine.database.raw('DROP TRIGGER refuse')
  assert.equal(await perform(engine, first(job), place), 'begun')
  await end()
  await engine.underway.ended()
})

test('a long job whose end can not be recorded is left to the sweep, and its place is free', async t => {
  const { engine, place, end } = await openLong(t, sqlite, 1)
  const job = await recordJob(engine)
  await perform(engine, first(job), place)
  await engine.database.raw(refuse)
  await end()
  await engine.underway.ended()
  await engine.database.raw('DROP TRIGGER refuse')
  assert.equal((await reload(engine, job)).state, 'running')
  await expire(engine, job)
  assert.equal((await sweep(engine)).released, 1)
})

for (const seconds of [300, 600])
  test(`work that may take ${seconds} s is answered when it is finished`, async t => {
    const engine = await openEngine(t, sqlite, async () => ({}))
    for (const kind of engine.kinds) kind.attemptSeconds = seconds
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job), { room: openRoom(1) }), 'finished')
  })

test('a job that has changed meanwhile is not put off', async t => {
  const { engine } = await openLong(t, sqlite)
  const { database } = engine
  const soon = Date.now() + 60_000
  const [cancelled, begun] = [await recordJob(engine), await recordJob(engine)]
  await decisions.cancel(database, cancelled)
  await jobs.claim(database, begun)
  for (const job of [cancelled, begun, { ...begun, state: 'running' as const }]) {
    assert.equal(await messages.putOff(database, job, soon), false)
    assert.equal((await reload(engine, job)).run_at, null)
  }
})

test('a message of a failed long job comes again, whether a place is free or not', async t => {
  const { engine, place } = await openLong(t, sqlite)
  const job = await recordJob(engine)
  const claimed = (await jobs.claim(engine.database, job)) as Job
  await jobs.fail(engine.database, claimed, 'Out of paper.')
  for (const room of [place.room, openRoom(0)])
    assert.equal(await perform(engine, first(job), { room }), 'busy')
  assert.equal((await reload(engine, job)).run_at, null)
})

test('a job that was put off while SQS was down is sent by the sweep when it is due', async t => {
  const { engine } = await openLong(t, sqlite)
  const job = await recordJob(engine)
  await messages.sent(engine.database, job, 'used up')
  await engine.aws.close()
  assert.equal(await perform(engine, first(job), { room: openRoom(0) }), 'full')
  const aws = await startAws(Number(new URL(engine.aws.endpoint).port), 5)
  t.after(() => aws.close())
  assert.equal((await sweep(engine)).sent, 0)
  const { run_at, queued_at } = await reload(engine, job)
  assert.equal(queued_at, run_at)
  const passed = 66_000
  await engine.database('jobs').decrement({ run_at: passed, queued_at: passed })
  assert.equal((await sweep(engine)).sent, 1)
})

test('a long job that has failed often waits for 900 s, the longest that SQS delays its message', async t => {
  const { engine, place, end } = await openLong(t, sqlite)
  engine.config.MAX_RECEIVES = 20
  const job = await recordJob(engine)
  await engine.database('jobs').update({ attempts: 6 })
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  await perform(engine, first(job), place)
  await end(new Error('Out of paper.'))
  await engine.underway.ended()
  const { run_at } = await reload(engine, job)
  assert.equal((run_at ?? 0) - Date.now(), 900_000)
  assert.equal((await engine.queue.counts()).delayed, 1)
})
