import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { expire, openEngine, recordJob, reload } from '../../test/engine.ts'
import * as jobs from './job.ts'

onBothDatabases(url => {
  test('a claim that comes after the end of the attempt it saw counts no dead worker', async t => {
    const engine = await openEngine(t, url(), async () => ({}))
    const job = await recordJob(engine)
    const attempt = (await jobs.claim(engine.database, job)) as jobs.Job
    await expire(engine, job)
    const seen = await reload(engine, job)
    assert.ok(await jobs.retry(engine.database, attempt, 'The disk is full.'))
    assert.equal(await jobs.claim(engine.database, seen), undefined)
    const again = await jobs.claim(engine.database, await reload(engine, job))
    assert.deepEqual([again?.attempts, again?.deaths], [2, 0])
  })
})
