import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { openEngine } from '../../test/engine.ts'
import * as log from './tick-log.ts'

const states = ['done', 'missed', 'failed', 'skipped', 'done', 'running', 'skipped', 'missed']
const base = 1_790_000_040_000
const at = (index: number) => base + index * 60_000

onBothDatabases(url => {
  /** A tick of each state in turn, a minute apart. */
  async function open(t: TestContext) {
    const { database } = await openEngine(t, url(), async () => ({}))
    const rows = states.map((state, index) => {
      const time = at(index)
      return { task: 'sweep', scheduled_at: time, state, began_at: time, ended_at: time + 5 }
    })
    const other = { task: 'prune', scheduled_at: base, state: 'missed', began_at: base }
    await database('ticks').insert([...rows, other])
    return database
  }
  const places = (ticks: log.Noted[]) =>
    ticks.map(({ scheduled_at }) => (scheduled_at - base) / 60_000)

  test('the latest runs are those that were done, failed or go on', async t => {
    const database = await open(t)
    assert.deepEqual(places(await log.latestRuns(database, 'sweep', 3)), [5, 4, 2])
    assert.deepEqual(await log.latestRuns(database, 'prune', 3), [])
  })

  test('a tick that was skipped has come, one that was missed has not', async t => {
    const database = await open(t)
    assert.equal((await log.latestThatCame(database, 'sweep'))?.scheduled_at, at(6))
    assert.equal(await log.latestThatCame(database, 'prune'), undefined)
  })

  test('a tick that was asked for by hand does not count as one that came', async t => {
    const database = await open(t)
    const row = { task: 'sweep', scheduled_at: at(9) + 7000, state: 'done', began_at: at(9) }
    await database('ticks').insert(row)
    assert.equal((await log.latestThatCame(database, 'sweep'))?.scheduled_at, at(6))
  })

  test('a task has failed when the last of its runs that is over has', async t => {
    const database = await open(t)
    const standing = async () => await log.standingOf(database, 'sweep')
    assert.deepEqual(await standing(), { task: 'sweep', cameAt: at(6), hasFailed: false })
    await database('ticks')
      .where({ scheduled_at: at(4) })
      .update({ state: 'failed' })
    assert.equal((await standing()).hasFailed, true)
    const never = { task: 'prune', cameAt: undefined, hasFailed: false }
    assert.deepEqual(await log.standingOf(database, 'prune'), never)
  })

  test('ticks are counted by state from a time on', async t => {
    const database = await open(t)
    const counted = await log.countTicks(database, 'sweep', at(3))
    assert.deepEqual(counted, { done: 1, missed: 1, running: 1, skipped: 2 })
  })

  test('ticks are listed by state and before a time, and numbers are numbers', async t => {
    const database = await open(t)
    const list = async (filter: log.TickFilter, most = 9) =>
      places(await log.listTicks(database, 'sweep', filter, most))
    assert.deepEqual(await list({}, 2), [7, 6])
    assert.deepEqual(await list({ before: at(2) }), [1, 0])
    assert.deepEqual(await list({ state: 'done' }), [4, 0])
    assert.deepEqual(await list({ state: 'done', before: at(4) }), [0])
    const found = await log.findTick(database, { task: 'sweep', scheduled_at: at(0) })
    const times = { scheduled_at: at(0), began_at: at(0), ended_at: at(0) + 5 }
    assert.deepEqual(found, { task: 'sweep', state: 'done', result: null, ...times })
    assert.equal(await log.findTick(database, { task: 'tidy', scheduled_at: at(0) }), undefined)
  })

  test('all tasks with ticks are known', async t => {
    const database = await open(t)
    assert.deepEqual((await log.tasksWithTicks(database)).sort(), ['prune', 'sweep'])
  })
})
