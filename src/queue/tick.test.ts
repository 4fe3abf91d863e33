import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { eventually, openEngine } from '../../test/engine.ts'
import { runTick } from './tick.ts'

/** Taken once: the minute may change in the middle of a test. */
const thisMinute = Math.floor(Date.now() / 60_000) * 60_000

onBothDatabases(url => {
  async function open(t: TestContext) {
    const engine = await openEngine(t, url(), async () => ({}))
    await engine.database('ticks').delete()
    let count = 0
    const run = (at = minute(0), work = async () => ({ count: ++count })) =>
      runTick(engine, { task: 'sweep', scheduledAt: at }, work)
    const state = async (at: Date) => {
      const row = await engine.database('ticks').where({ scheduled_at: at.getTime() }).first()
      return row?.state
    }
    return { engine, run, state, count: () => count }
  }
  const minute = (ago: number) => new Date(thisMinute - ago * 60_000)

  test('a tick whose message comes twice runs once', async t => {
    const { run, count } = await open(t)
    const at = minute(0)
    assert.deepEqual([await run(at), await run(at)], ['done', 'duplicate'])
    assert.equal(count(), 1)
  })

  test('of many deliveries at the same moment exactly one runs', async t => {
    const { run, count } = await open(t)
    const at = minute(0)
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => run(at)))
    assert.equal(outcomes.filter(outcome => outcome === 'done').length, 1)
    assert.equal(count(), 1)
  })

  test('each tick runs, and tasks do not know of each other', async t => {
    const { engine, run, count } = await open(t)
    assert.equal(await run(minute(1)), 'done')
    assert.equal(await run(minute(0)), 'done')
    const other = { task: 'prune', scheduledAt: minute(0) }
    assert.equal(await runTick(engine, other, async () => ({})), 'done')
    assert.equal(count(), 2)
  })

  test('a tick is skipped while the one before it runs', async t => {
    const { run, state } = await open(t)
    const { promise, resolve } = Promise.withResolvers<object>()
    const [before, now] = [minute(1), minute(0)]
    const first = run(before, () => promise as Promise<{ count: number }>)
    await eventually(() => state(before))
    assert.equal(await run(now), 'skipped')
    assert.equal(await run(before), 'busy', 'its own message again')
    resolve({})
    assert.equal(await first, 'done')
    assert.equal(await run(now), 'duplicate')
  })

  test('of many ticks that begin at the same moment only one runs', async t => {
    const { engine, run } = await open(t)
    const { promise, resolve } = Promise.withResolvers<object>()
    const work = () => promise as Promise<{ count: number }>
    const many = Promise.all([0, 1, 2, 3, 4, 5].map(ago => run(minute(ago), work)))
    const skipped = () => engine.database('ticks').where({ state: 'skipped' })
    await eventually(async () => (await skipped()).length === 5)
    resolve({})
    const outcomes = await many
    assert.deepEqual(outcomes.toSorted(), ['done', ...Array(5).fill('skipped')])
  })

  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000)

  test('a late tick is skipped if a later one has run', async t => {
    const { run, count } = await open(t)
    assert.equal(await run(ago(599)), 'done')
    assert.equal(await run(ago(601)), 'skipped')
    assert.equal(count(), 1)
  })

  test('behind a long queue, where all ticks are late, one runs every ten minutes', async t => {
    const { engine, run, count } = await open(t)
    assert.equal(await run(ago(1800)), 'done')
    assert.equal(await run(ago(1740)), 'skipped')
    await engine.database('ticks').update({ began_at: Date.now() - 601_000 })
    assert.equal(await run(ago(1200)), 'done')
    assert.equal(count(), 2)
  })

  test('a tick that failed runs again', async t => {
    const { run, state } = await open(t)
    const at = minute(0)
    const fails = async () => {
      throw new Error('The queue is away.')
    }
    await assert.rejects(run(at, fails), /The queue is away/)
    assert.equal(await state(at), 'failed')
    assert.equal(await run(at), 'done')
  })

  test('a tick whose worker died is taken over when its lease has run out', async t => {
    const { engine, run } = await open(t)
    const at = minute(0)
    const row = { task: 'sweep', scheduled_at: at.getTime(), state: 'running', began_at: 1 }
    await engine.database('ticks').insert({ ...row, lease_until: Date.now() + 60_000 })
    assert.equal(await run(at), 'busy')
    await engine.database('ticks').update({ lease_until: Date.now() - 1 })
    assert.equal(await run(at), 'done')
  })

  test('of several that take over a tick at the same moment one runs it', async t => {
    const { run, count } = await open(t)
    const fails = async () => {
      throw new Error('The queue is away.')
    }
    await assert.rejects(run(minute(0), fails))
    const outcomes = await Promise.all([run(), run(), run(), run()])
    assert.equal(outcomes.filter(outcome => outcome === 'done').length, 1)
    assert.equal(count(), 1)
  })

  test('a run that was overtaken does not end the one that took over', async t => {
    const { engine, run, state } = await open(t)
    const [slow, next] = [0, 1].map(() => Promise.withResolvers<{ count: number }>())
    const overtaken = run(minute(0), () => slow?.promise as Promise<{ count: number }>)
    await eventually(() => state(minute(0)))
    await engine.database('ticks').update({ lease_until: Date.now() - 1 })
    const over = run(minute(0), () => next?.promise as Promise<{ count: number }>)
    await eventually(async () => (await engine.database('ticks').first()).fencing_token === 2)
    slow?.resolve({ count: 1 })
    await overtaken
    assert.equal(await state(minute(0)), 'running')
    next?.resolve({ count: 2 })
    assert.equal(await over, 'done')
    assert.equal((await engine.database('ticks').first()).result, '{"count":2}')
  })

  test('a run whose worker died does not keep the next tick from running', async t => {
    const { engine, run, state } = await open(t)
    const [before, now] = [minute(1), minute(0)]
    const hung = run(before, () => new Promise(() => {}))
    await eventually(() => state(before))
    assert.equal(await run(now), 'skipped')
    await engine.database('ticks').where({ state: 'running' }).update({ lease_until: Date.now() })
    assert.equal(await run(minute(-1)), 'done')
    assert.equal(await state(before), 'failed')
    assert.equal(await Promise.race([hung, 'still']), 'still')
  })

  test('a run holds its task for a minute at most, and for longer only while it goes on and does not hang', async t => {
    const { engine, run } = await open(t)
    const { promise, resolve } = Promise.withResolvers<{ count: number }>()
    const { mock } = t.mock.method(globalThis, 'setInterval')
    const running = run(minute(1), () => promise)
    const lease = async () => (await engine.database('ticks').first('lease_until'))?.lease_until
    const isBeat = ({ arguments: [, every] }: { arguments: unknown[] }) => every === 20_000
    const beat = await eventually(() => mock.calls.find(isBeat)?.arguments[0])
    const first = Number(await lease())
    assert.ok(first <= Date.now() + 60_000, 'a worker that dies now silences one tick')
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 1000 })
    beat()
    await eventually(async () => (await lease()) > first)
    const last = await lease()
    t.mock.timers.setTime(Date.now() + 601_000)
    beat()
    assert.equal(await lease(), last)
    resolve({ count: 0 })
    assert.equal(await running, 'done')
    assert.equal(await lease(), null)
  })
})
