import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { type Engine, openEngine, order } from '../../test/engine.ts'
import type { Filter } from './filter.ts'
import { find } from './find.ts'
import type { Job } from './job.ts'
import { record } from './record.ts'
import { searchKeys } from './search-key.ts'

const nothing = async () => ({})

/** Records jobs one after the other; gives their ids. */
async function recordAll({ database }: Engine, rows: Partial<Job>[]) {
  const ids: number[] = []
  for (const row of rows) {
    const { job } = await record(database, { ...order, idempotency_key: null })
    if (Object.keys(row).length > 0) await database('jobs').where({ id: job.id }).update(row)
    ids.push(job.id)
  }
  return ids
}

/** The places in `ids` of what is found, from the newest on. */
async function places({ database }: Engine, ids: number[], filter: Filter) {
  const { jobs } = await find(database, filter, { most: 50 })
  return jobs.map(({ id }) => ids.indexOf(id))
}

onBothDatabases(url => {
  test('a job is found by the whole of what people know of it', async t => {
    const engine = await openEngine(t, url(), nothing)
    const token = 'a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5'
    const ids = await recordAll(engine, [
      { token, email: 'Taro@example.jp' },
      { email: 'jiro@example.jp', ...searchKeys({ number: '2026-００1', name: '𠮷野 商店' }) },
      { email: 'saburo@example.jp', ...searchKeys({ name: "100%_'\\Beans" }) }
    ])
    const by = (key: string) => places(engine, ids, { key })
    for (const key of [token, `https://x.example/jobs/${token}?lang=en`, String(ids[0])])
      assert.deepEqual(await by(key), [0], key)
    assert.deepEqual(await by('Taro@example.jp'), [0])
    assert.deepEqual(await by('JIRO@example.jp'), [1])
    for (const key of ['2026-001', '２０２６-００１', '𠮷野商店', ' 𠮷野　商店 '])
      assert.deepEqual(await by(key), [1], key)
    assert.deepEqual(await by("100%_'\\beans"), [2])
    for (const key of ['%', '2026', '𠮷', '吉野商店', `${token.slice(1)}0`, "' OR 1=1"])
      assert.deepEqual(await by(key), [], key)
  })

  test('words are found wherever they are, and stand for nothing but themselves', async t => {
    const engine = await openEngine(t, url(), nothing)
    const payload = JSON.stringify({ note: '𠮷田 "Beans" 50% off_now C:\\temp', no: 'Ab-1' })
    const ids = await recordAll(engine, [
      { payload },
      { error: 'Error: No Ink\n    at print', email: 'Taro@example.jp' },
      { payload: '{"note":"plain text 500 offXnow"}' }
    ])
    const by = (words: string) => places(engine, ids, { words })
    for (const words of ['𠮷田', '"beans"', '50%', 'OFF_NOW', 'c:\\temp', 'ab-1', '"no":"ab'])
      assert.deepEqual(await by(words), [0], words)
    for (const words of ['no ink', 'INK error', 'taro@EXAMPLE', 'Taro print'])
      assert.deepEqual(await by(words), [1], words)
    for (const words of ['%', '_', '\\', '💥', "' OR 1=1", 'ink 𠮷田'])
      assert.ok((await by(words)).length < 2, words)
    assert.deepEqual(await by('off'), [2, 0])
  })

  test('kind, state and time narrow each other, whatever the order of the times', async t => {
    const engine = await openEngine(t, url(), nothing)
    const ids = await recordAll(engine, [
      { kind: 'report', state: 'failed', waiting_at: 1000 },
      { kind: 'invoice', state: 'failed', waiting_at: 3000 },
      { kind: 'report', state: 'finished', waiting_at: 2000 },
      { kind: 'report', state: 'failed', waiting_at: 4000, error: 'ink' },
      { kind: 'report', state: 'failed', waiting_at: 5000 }
    ])
    const by = (filter: Filter) => places(engine, ids, filter)
    assert.deepEqual(await by({}), [4, 3, 2, 1, 0])
    assert.deepEqual(await by({ kind: 'report' }), [4, 3, 2, 0])
    assert.deepEqual(await by({ kind: 'report', state: 'failed' }), [4, 3, 0])
    assert.deepEqual(await by({ from: 2000, to: 4000 }), [2, 1])
    assert.deepEqual(await by({ state: 'failed', from: 3000, to: 5000 }), [3, 1])
    assert.deepEqual(await by({ kind: 'report', from: 2000, words: 'ink' }), [3])
    assert.deepEqual(await by({ from: 5001 }), [])
    assert.deepEqual(await by({ to: 1000 }), [])
    assert.deepEqual(await by({ key: String(ids[1]), state: 'finished' }), [])
  })

  test('pages go both ways, and a search that gives up goes on where it stopped', async t => {
    const engine = await openEngine(t, url(), nothing)
    const kinds = ['failed', 'finished', 'waiting'] as const
    const rows = Array.from({ length: 90 }, (_, n) => ({
      state: kinds[n % 3] as Job['state'],
      ...(n % 10 === 0 && { error: 'ink' })
    }))
    const ids = (await recordAll(engine, rows)).toReversed()
    const { database } = engine
    const seen: number[] = []
    for (let before: number | undefined; ; ) {
      const { jobs, reached } = await find(database, { kind: order.kind }, { most: 40, before })
      seen.push(...jobs.map(({ id }) => id))
      if (reached === undefined) break
      before = reached
    }
    assert.deepEqual(seen, ids)
    const back = await find(database, {}, { most: 40, after: ids[60] as number })
    assert.deepEqual(
      back.jobs.map(({ id }) => id),
      ids.slice(20, 60)
    )
    const found: number[] = []
    let steps = 0
    for (let before: number | undefined; ; steps += 1) {
      const effort = { jobs: 1, milliseconds: 0 }
      const wish = { most: 3, before, effort }
      const { jobs, reached } = await find(database, { state: 'failed', words: 'ink' }, wish)
      found.push(...jobs.map(({ id }) => id))
      if (reached === undefined) break
      before = reached
    }
    assert.deepEqual(
      found,
      ids.filter((_, n) => (89 - n) % 30 === 0)
    )
    assert.ok(steps > 0)
    // What indexes nearly answer is never given up.
    const time = { state: 'failed' as const, from: 1, to: Date.now() + 60_000 }
    const wish = { most: 31, effort: { jobs: 0, milliseconds: -1 } }
    assert.equal((await find(database, time, wish)).jobs.length, 30)
  })
})
