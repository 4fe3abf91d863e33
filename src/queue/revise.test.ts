import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { openEngine, order, recordJob, reload } from '../../test/engine.ts'
import * as decisions from './decision.ts'
import * as jobs from './job.ts'
import { changedPaths, revise } from './revise.ts'

const mended = {
  ...order,
  payload: '{"word":"𠮷野"}',
  email: 'taro@example.jp',
  search_number: '7'
}

onBothDatabases(url => {
  test('of two who mend a failed job the second is told, and whoever failed it can not again', async t => {
    const engine = await openEngine(t, url(), async () => ({}))
    const attempt = (await jobs.claim(engine.database, await recordJob(engine))) as jobs.Job
    const fail = () => jobs.fail(engine.database, attempt, 'No ink.')
    assert.ok(await fail())
    const seen = await reload(engine, attempt)
    const both = [revise(engine.database, seen, mended), revise(engine.database, seen, mended)]
    const won = (await Promise.all(both)).filter(Boolean)
    assert.equal(won.length, 1)
    const after = await reload(engine, attempt)
    assert.deepEqual({ ...won[0], timeline: after.timeline }, after)
    assert.deepEqual(
      [after.payload, after.email, after.search_number, after.search_name, after.payload_hash],
      [mended.payload, 'taro@example.jp', '7', null, seen.payload_hash]
    )
    assert.equal(await fail(), false)
    assert.ok(await decisions.requeue(engine.database, after))
  })

  test('only a failed job is mended', async t => {
    const engine = await openEngine(t, url(), async () => ({}))
    const job = await recordJob(engine)
    assert.equal(await revise(engine.database, job, mended), undefined)
    const attempt = (await jobs.claim(engine.database, job)) as jobs.Job
    assert.equal(await revise(engine.database, attempt, mended), undefined)
    await jobs.finish(engine.database, attempt, {})
    assert.equal(await revise(engine.database, await reload(engine, job), mended), undefined)
    assert.equal((await reload(engine, job)).payload, job.payload)
  })
})

test('what differs between two payloads is named by its place', () => {
  const before = { a: 1, lines: [{ n: 1 }, { n: 2 }], to: { name: 'x' }, gone: true }
  const after = { a: 1, lines: [{ n: 1 }, { n: 3 }, { n: 4 }], to: 'x', new: null }
  assert.deepEqual(changedPaths(before, after), ['lines.1.n', 'lines.2', 'to', 'gone', 'new'])
  assert.deepEqual(changedPaths(before, structuredClone(before)), [])
})
