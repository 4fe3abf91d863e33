import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { openEngine } from '../../test/engine.ts'
import { beginAction, endAction, listActions } from './action.ts'
import { prune } from './prune.ts'

const entry = {
  role: 'operator',
  name: '髙﨑 花子',
  address: '2001:db8::1',
  action: 'retry',
  job_id: 7
} as const

onBothDatabases(url => {
  const open = (t: TestContext) => openEngine(t, url(), async () => ({}))

  test('an action is there before it is done, and then says what came of it', async t => {
    const { database } = await open(t)
    const id = await beginAction(database, { ...entry, details: { state: 'failed' } })
    const [begun] = await listActions(database, {})
    const known = { ...entry, id, at: begun?.at, outcome: 'begun', details: '{"state":"failed"}' }
    assert.deepEqual({ ...begun }, known)
    await endAction(database, id, 'done', { count: 3 })
    const [done] = await listActions(database, {})
    assert.deepEqual({ ...done }, { ...known, outcome: 'done', details: '{"count":3}' })
    await endAction(database, id, 'nothing', {})
    assert.equal((await listActions(database, {}))[0]?.details, null)
  })

  test('actions are listed from the newest on, page by page, of all jobs or of one', async t => {
    const { database } = await open(t)
    const rows = Array.from({ length: 120 }, (_, n) => ({
      ...{ ...entry, at: n, outcome: 'done' },
      job_id: n % 2 === 0 ? 7 : null
    }))
    await database.batchInsert('actions', rows, 60)
    const pages = async (job?: number) => {
      const all = []
      for (let page = await listActions(database, { job }); page.length > 0; ) {
        assert.ok(page.length <= 50)
        all.push(...page.map(({ at }) => Number(at)))
        page = await listActions(database, { job, before: page.at(-1)?.id })
      }
      return all
    }
    const newest = Array.from({ length: 120 }, (_, n) => 119 - n)
    assert.deepEqual(await pages(), newest)
    assert.deepEqual(
      await pages(7),
      newest.filter(n => n % 2 === 0)
    )
    assert.deepEqual(await pages(8), [])
  })

  test('actions are kept for a year, or as long as jobs are, then go in batches', async t => {
    const engine = await open(t)
    const daysAgo = (days: number) => Date.now() - days * 86_400_000
    const old = Array.from({ length: 501 }, () => ({ ...entry, outcome: 'done', at: daysAgo(366) }))
    await engine.database.batchInsert('actions', old, 60)
    await engine.database('actions').insert({ ...entry, outcome: 'done', at: daysAgo(364) })
    engine.config.KEEP_DAYS = 400
    assert.equal((await prune(engine)).actions, 0)
    engine.config.KEEP_DAYS = 90
    assert.equal((await prune(engine)).actions, 501)
    assert.equal((await listActions(engine.database, {})).length, 1)
  })
})
