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

  test('of two ticks that begin together only the later one is skipped', async t => {
    const { engine, run } = await open(t)
    const [before, now] = [minute(1), minute(0)]
    const other = { task: 'sweep', state: 'running', lease_until: Date.now() + 60_000 }
    const began_at = Date.now() + 60_000
    await engine.database('ticks').insert({ ...other, scheduled_at: now.getTime(), began_at })
    assert.equal(await run(before), 'done')
    await engine.database('ticks').where({ scheduled_at: now.getTime() }).update({ began_at: 1 })
    assert.equal(await run(minute(2)), 'skipped')
  })

  test('a late tick is skipped', async t => {
    const { run, count } = await open(t)
    t.mock.timers.enable({ apis: ['Date'], now: thisMinute })
    assert.equal(await run(new Date(thisMinute - 600_000)), 'done')
    assert.equal(await run(new Date(thisMinute - 600_001)), 'skipped')
    assert.equal(count(), 1)
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

  test('a tick holds its task for less than a minute, and for longer only while it runs', async t => {
    const { engine, run } = await open(t)
    const [before, now] = [minute(1), minute(0)]
    const { promise, resolve } = Promise.withResolvers<{ count: number }>()
    const { mock } = t.mock.method(globalThis, 'setInterval')
    const running = run(before, () => promise)
    const lease = async () => (await engine.database('ticks').first('lease_until'))?.lease_until
    const beat = await eventually(
      () => mock.calls.find(({ arguments: [, every] }) => every === 15_000)?.arguments[0]
    )
    const first = Number(await lease())
    assert.ok(first < Date.now() + 60_000, 'a worker that dies now silences one tick')
    await eventually(() => {
      beat()
      return lease().then(until => until > first)
    })
    assert.equal(await run(now), 'skipped')
    resolve({ count: 0 })
    assert.equal(await running, 'done')
    assert.equal(await lease(), null)
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
})
