import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import { onBothDatabases } from '../../test/databases.ts'
import { expire, openEngine, recordJob, reload } from '../../test/engine.ts'
import * as decisions from './decision.ts'
import * as jobs from './job.ts'
import { perform } from './perform.ts'

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

  test('the log says that a job was taken over from a worker that died, and from which', async t => {
    const said: string[] = []
    const write = (line: string) => void said.push(line)
    const engine = await openEngine(t, url(), async () => ({}))
    const job = await recordJob(engine)
    const dead = await jobs.claim(engine.database, job)
    await expire(engine, job)
    const line = { ...engine, log: pino({ level: 'warn' }, { write }) }
    assert.equal(await perform(line, { job: job.id, receiveCount: 2 }), 'finished')
    const [takenOver, ...more] = said.map(text => JSON.parse(text))
    assert.match(takenOver.msg, /job taken over; its worker died/)
    assert.deepEqual(
      [takenOver.job, takenOver.attempt, takenOver.worker],
      [job.id, 1, dead?.claimed_by]
    )
    assert.deepEqual(more, [])
  })

  test('who failed a job and did not hear of it can not fail it again once it was sent back', async t => {
    const engine = await openEngine(t, url(), async () => ({}))
    const seen = await recordJob(engine)
    const expire = () => jobs.abandon(engine.database, seen, 'failed', 'Too late.')
    assert.ok(await expire())
    assert.ok(await decisions.requeue(engine.database, await reload(engine, seen)))
    assert.equal(await expire(), false)
    const attempt = (await jobs.claim(engine.database, await reload(engine, seen))) as jobs.Job
    const fail = () => jobs.fail(engine.database, attempt, 'The disk is full.')
    assert.ok(await fail())
    const back = await decisions.requeue(engine.database, await reload(engine, seen))
    assert.equal(await fail(), false)
    const after = await reload(engine, seen)
    assert.deepEqual({ ...after, timeline: back?.timeline }, back)
  })

  test('a job that has been begun, or has come back, since it was read is not failed for what it was', async t => {
    const engine = await openEngine(t, url(), async () => ({}))
    const job = await recordJob(engine)
    const fail = (seen: jobs.Job) => jobs.abandon(engine.database, seen, 'failed', 'Too late.')
    const attempt = (await jobs.claim(engine.database, job)) as jobs.Job
    assert.equal(await fail(job), false)
    assert.ok(await jobs.retry(engine.database, attempt, 'The disk is full.'))
    assert.equal(await fail(attempt), false)
    assert.ok(await fail(await reload(engine, job)))
    assert.equal((await reload(engine, job)).deaths, 0)
  })
})
