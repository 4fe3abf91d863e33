import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { type Engine, openEngine, order } from '../../test/engine.ts'
import { actOn, doPortion, type Progress } from './bulk.ts'
import type { Decision } from './decision.ts'
import { find } from './find.ts'
import type { Job } from './job.ts'
import type { State } from './state.ts'

const nothing = async () => ({})
const all = { most: 1000 }

/** As many failed jobs, some at a time, with an error of their own kind each. */
async function insertFailed({ database }: Engine, count: number) {
  const rows = Array.from({ length: count }, (_, n) => ({
    ...{ ...order, token: n.toString(16).padStart(32, '0'), state: 'failed', attempts: 5 },
    ...{ error: n % 2 === 0 ? 'no ink' : 'no paper', waiting_at: n, queued_at: n }
  }))
  await database.batchInsert('jobs', rows, 50)
}

/** Portion after portion, as short as they can be. */
async function doAll(engine: Engine, action: Decision, filter: { words?: string }) {
  let progress: Progress = { done: 0, moved: 0 }
  let portions = 0
  do {
    progress = await doPortion(engine, action, { state: 'failed', ...filter }, progress, 0)
    portions += 1
  } while (progress.before !== undefined)
  return { ...progress, portions }
}

const inState = async ({ database }: Engine, state: State) =>
  await database<Job>('jobs').where({ state })

onBothDatabases(url => {
  test('all failed jobs are retried portion by portion, and each is sent once', async t => {
    const engine = await openEngine(t, url(), nothing)
    await insertFailed(engine, 213)
    const { done, moved, portions } = await doAll(engine, 'retry', {})
    assert.deepEqual([done, moved], [213, 0])
    assert.ok(portions > 1)
    const waiting = await inState(engine, 'waiting')
    assert.equal(waiting.length, 213)
    assert.ok(waiting.every(job => job.attempts === 0 && job.sqs_message_id))
    assert.equal(await engine.queue.depth(), 213)
  })

  test('only what matches the search is discarded', async t => {
    const engine = await openEngine(t, url(), nothing)
    await insertFailed(engine, 60)
    const { done, moved } = await doAll(engine, 'discard', { words: 'ink' })
    assert.deepEqual([done, moved], [30, 0])
    const left = await inState(engine, 'failed')
    assert.ok(left.length === 30 && left.every(({ error }) => error === 'no paper'))
    assert.equal(await engine.queue.depth(), 0)
  })

  test('jobs that have moved on since they were listed are left alone', async t => {
    const engine = await openEngine(t, url(), nothing)
    await insertFailed(engine, 25)
    const { jobs } = await find(engine.database, { state: 'failed' }, all)
    const others = jobs.slice(3, 6).map(({ id }) => id)
    await engine.database('jobs').whereIn('id', others).update({ state: 'discarded' })
    assert.equal(await actOn(engine, 'retry', jobs), 22)
    assert.deepEqual(
      (await inState(engine, 'discarded')).map(({ id }) => id),
      others.toReversed()
    )
    const listed = await find(engine.database, { state: 'waiting' }, all)
    await engine.database('jobs').where({ state: 'waiting' }).update({ state: 'running' })
    assert.equal(await actOn(engine, 'cancel', listed.jobs), 0)
  })
})
