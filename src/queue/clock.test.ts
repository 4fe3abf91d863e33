import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { mariadbOfTests } from '../../test/databases.ts'
import { type Engine, eventually, openEngine, recordJob } from '../../test/engine.ts'
import { needs } from '../../test/needs.ts'
import { startProxy } from '../../test/proxy.ts'
import { now, watchClock } from './clock.ts'
import { digest } from './digest.ts'
import * as jobs from './job.ts'
import { prune } from './prune.ts'
import { runTick } from './tick.ts'

const skip = needs('mariadbd')
const mariadbUrl = mariadbOfTests(skip)

const trueTime = () => performance.timeOrigin + performance.now()

/** An engine on a machine whose clock is wrong, and what is said about it. */
async function open(t: TestContext, url: string, seconds: number) {
  const engine = await openEngine(t, url, async () => ({}))
  return await compare(t, engine, seconds)
}

async function compare(t: TestContext, engine: Engine, seconds: number) {
  t.mock.timers.enable({ apis: ['Date'], now: trueTime() + seconds * 1000 })
  const said: string[] = []
  const clock = watchClock(engine.database, (_facts, text) => said.push(text))
  t.after(() => clock.stop())
  await clock.measured
  return { engine, said, time: () => now(engine.database) }
}

for (const [seconds, what] of [
  [3600, 'an hour ahead'],
  [-90, '90 s behind']
] as const)
  test(`a machine that is ${what} goes by the time of the database, and says so`, {
    skip
  }, async t => {
    const { engine, said, time } = await open(t, mariadbUrl(), seconds)
    assert.ok(Math.abs(time() - trueTime()) < 1000)
    const claimed = await jobs.claim(engine.database, await recordJob(engine))
    const leaseSeconds = ((claimed?.lease_until ?? 0) - trueTime()) / 1000
    assert.ok(leaseSeconds > 28 && leaseSeconds < 31, `${leaseSeconds} s`)
    const side = seconds > 0 ? 'ahead of' : 'behind'
    assert.match(said.join(), new RegExp(`${side} the database's; jobs go by the database's until`))
  })

test('a machine that is months ahead takes nothing for old, and no tick for late', {
  skip
}, async t => {
  const { engine } = await open(t, mariadbUrl(), 200 * 86_400)
  const { id } = await recordJob(engine)
  await engine.database('jobs').where({ id }).update({ state: 'finished', finished_at: trueTime() })
  assert.equal((await digest(engine)).finished, 1)
  const tick = { task: 'prune', scheduledAt: new Date(trueTime()) }
  assert.equal(await runTick(engine, tick, () => prune(engine)), 'done')
  assert.equal((await engine.database('jobs')).length, 1)
  assert.equal((await engine.database('ticks')).length, 1)
})

test('a clock that jumps under way does not carry the jobs along', { skip }, async t => {
  const { said, time } = await open(t, mariadbUrl(), 0)
  assert.deepEqual(said, [])
  t.mock.timers.setTime(trueTime() - 3_600_000)
  assert.ok(Math.abs(time() - trueTime()) < 1000)
})

test('the clocks are compared again every two minutes', { skip }, async t => {
  const { database } = await openEngine(t, mariadbUrl(), async () => ({}))
  const { mock } = t.mock.method(globalThis, 'setTimeout')
  const clock = watchClock(database, () => {})
  t.after(() => clock.stop())
  await clock.measured
  let count = 0
  database.on('query', ({ sql }) => {
    count += Number(/UTC_TIMESTAMP/.test(sql))
  })
  const isIt = ({ arguments: [, every] }: { arguments: unknown[] }) => every === 120_000
  mock.calls.find(isIt)?.arguments[0]()
  await eventually(() => count === 3)
})

test('a few seconds of difference are told and tolerated', { skip }, async t => {
  const { said, time } = await open(t, mariadbUrl(), 3)
  assert.equal(time(), Date.now())
  // The clock here stands still while the database's goes on.
  assert.match(said.join(), /[123]\.\d s ahead of the database's; up to 5 s do no harm/)
})

test('a database that was away at the start is asked again soon', { skip }, async t => {
  const proxy = await startProxy(t, mariadbUrl())
  const engine = await openEngine(t, proxy.url, async () => ({}))
  proxy.refuse(true)
  const { said, time } = await compare(t, engine, 3600)
  assert.equal(time(), Date.now())
  assert.match(said.join(), /clock of the database unknown/)
  proxy.refuse(false)
  await eventually(() => Math.abs(time() - trueTime()) < 1000)
  assert.match(said.join(), /ahead of the database's/)
})

test('the clock of SQLite is that of its machine', async t => {
  const { said } = await open(t, 'sqlite::memory:', 3600)
  assert.deepEqual(said, [])
})
