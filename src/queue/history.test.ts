import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { type Engine, openEngine, recordJob } from '../../test/engine.ts'
import { openHistory, type Span, spans } from './history.ts'
import type { State } from './state.ts'

const minute = 60_000

/** A job that has ended so long ago. */
async function end(engine: Engine, state: State, ago: number, milliseconds = 1000) {
  const { id } = await recordJob(engine)
  const finished_at = Date.now() - ago
  const columns = { state, finished_at, waiting_at: finished_at - milliseconds }
  await engine.database('jobs').where({ id }).update(columns)
}

onBothDatabases(url => {
  const open = (t: Parameters<typeof openEngine>[0]) => openEngine(t, url(), async () => ({}))

  test('every job that ended is in one interval of each span, whatever became of a failed one', async t => {
    const engine = await open(t)
    for (const ago of [0, 2 * minute, 59 * minute, 23 * 60 * minute, 6 * 24 * 60 * minute])
      await end(engine, 'finished', ago)
    for (const state of ['failed', 'discarded', 'cancelled', 'waiting'] as const)
      await end(engine, state, 3 * minute)
    const read = openHistory(engine.database)
    const expected: [Span, number][] = [
      ['1h', 3],
      ['24h', 4],
      ['7d', 5]
    ]
    for (const [span, finished] of expected) {
      const intervals = await read(span)
      const { length, step } = spans[span]
      assert.equal(intervals.length, length / step)
      assert.ok(
        intervals.every(({ start }, index) => start === (intervals[0]?.start ?? 0) + index * step)
      )
      const sum = (of: 'finished' | 'failed') => intervals.reduce((all, one) => all + one[of], 0)
      assert.deepEqual([sum('finished'), sum('failed')], [finished, 2], span)
    }
  })

  test('half of the jobs and 95 in a hundred took no longer than is said, to a twentieth', async t => {
    const engine = await open(t)
    for (let count = 1; count <= 100; count += 1)
      await end(engine, 'finished', 90 * 60 * minute, count * 1000)
    const [interval] = (await openHistory(engine.database)('7d')).filter(one => one.finished > 0)
    assert.equal(interval?.finished, 100)
    assert.ok(Math.abs((interval.p50 ?? 0) / 50_000 - 1) < 0.06, String(interval.p50))
    assert.ok(Math.abs((interval.p95 ?? 0) / 95_000 - 1) < 0.06, String(interval.p95))
  })

  test('a clock that went back gives no time below zero', async t => {
    const engine = await open(t)
    await end(engine, 'finished', 5 * minute, -5000)
    const [interval] = (await openHistory(engine.database)('1h')).filter(one => one.finished > 0)
    assert.ok(interval?.p50 && interval.p50 > 0 && interval.p50 < 2)
  })

  test('what is over is read once, and again after ten minutes', async t => {
    const engine = await open(t)
    await end(engine, 'failed', 30 * minute)
    await end(engine, 'finished', 0)
    const read = openHistory(engine.database)
    const failed = async () => (await read('1h')).reduce((all, one) => all + one.failed, 0)
    assert.equal(await failed(), 1)
    const asked: unknown[] = []
    engine.database.on('query', query => asked.push(query))
    assert.equal(await failed(), 1)
    assert.equal(asked.length, 2)

    // The operator has sent it back.
    await engine.database('jobs').where({ state: 'failed' }).update({ state: 'waiting' })
    assert.equal(await failed(), 1)
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 11 * minute })
    assert.equal(await failed(), 0)
    assert.equal(
      (await read('1h')).reduce((all, one) => all + one.finished, 0),
      1
    )
  })
})
