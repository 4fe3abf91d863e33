import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { type Engine, openEngine, recordJob } from '../../test/engine.ts'
import { asked } from './effect.ts'
import type { Job } from './job.ts'
import { mostCounted } from './listing.ts'
import * as standing from './standing.ts'

const minute = 60_000

async function put(engine: Engine, columns: Partial<Job>): Promise<number> {
  const { id } = await recordJob(engine)
  await engine.database('jobs').where({ id }).update(columns)
  return id
}

onBothDatabases(url => {
  const open = (t: Parameters<typeof openEngine>[0]) => openEngine(t, url(), async () => ({}))

  test('the job that has waited longest is found though its message was sent again', async t => {
    const engine = await open(t)
    const { database } = engine
    assert.equal(await standing.longestWaiting(database), undefined)
    const now = Date.now()
    const queued_at = now - 1000
    // Its order is old, but the operator has just sent it back; this one waits for its time.
    await put(engine, { waiting_at: now - 90 * minute, retried_at: now - minute, queued_at })
    await put(engine, {
      waiting_at: now - 80 * minute,
      run_at: now + minute,
      queued_at: now + minute
    })
    const id = await put(engine, { waiting_at: now - 20 * minute, queued_at })
    await put(engine, { waiting_at: now - 10 * minute, queued_at: now - 10 * minute })
    await put(engine, { state: 'finished', waiting_at: now - 99 * minute, queued_at: 1 })
    const found = await standing.longestWaiting(database)
    assert.deepEqual([found?.id, found?.since], [id, now - 20 * minute])
  })

  test('a job that is to be tried again waits since its message was due', async t => {
    const engine = await open(t)
    const since = Date.now() - 7 * minute
    const columns = { waiting_at: since - 99 * minute, queued_at: since - minute, run_at: since }
    const id = await put(engine, { state: 'retrying', ...columns })
    const found = await standing.longestWaiting(engine.database)
    assert.deepEqual([found?.id, found?.since], [id, since])
  })

  test('leases count that ran out and were not swept, and no others', async t => {
    const engine = await open(t)
    const now = Date.now()
    await put(engine, { state: 'running', lease_until: now - 5 * minute })
    await put(engine, { state: 'running', lease_until: now - 1000 })
    await put(engine, { state: 'running', lease_until: now + minute })
    await put(engine, { state: 'finished', lease_until: now - 5 * minute })
    assert.equal(await standing.countUnswept(engine.database), 1)
  })

  test('doubts of the last day count, those that are held by themselves', async t => {
    const engine = await open(t)
    const now = Date.now()
    const entry = { step: 'mail', ambiguous: 1, fencing_token: 2, began_at: now }
    const rows = [
      entry,
      { ...entry, ambiguous: 2 },
      { ...entry, ambiguous: 0 },
      { ...entry, began_at: now - 25 * 60 * minute },
      { ...entry, fencing_token: asked }
    ]
    await engine.database('effects').insert(rows.map((row, job_id) => ({ ...row, job_id })))
    assert.deepEqual(await standing.countDoubts(engine.database), { held: 1, repeated: 2 })
  })

  test('jobs that ended since a time count, up to ten thousand', async t => {
    const engine = await open(t)
    const now = Date.now()
    await put(engine, { state: 'failed', finished_at: now, waiting_at: now - 3 * minute })
    await put(engine, { state: 'failed', finished_at: now - 2 * minute })
    await put(engine, { state: 'finished', finished_at: now })
    const count = () => standing.countSince(engine.database, 'failed', now - minute)
    assert.equal(await count(), 1)
    const { id, ...row } = await engine.database('jobs').where({ finished_at: now }).first()
    const copies = Array.from({ length: mostCounted + 5 }, (_, n) => ({ ...row, token: `t${n}` }))
    await engine.database.batchInsert('jobs', copies, 30)
    assert.equal(await count(), mostCounted + 1)
    assert.equal(await standing.firstRecordedAt(engine.database), now - 3 * minute)
  })
})
