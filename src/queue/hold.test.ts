import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openEngine, recordJob, reload } from '../../test/engine.ts'
import { openHold, renew, untilOf } from './hold.ts'
import * as jobs from './job.ts'

/** An attempt that holds its job, on a machine whose clock stands until the test sets it. */
async function open(t: TestContext) {
  const engine = await openEngine(t, 'sqlite::memory:', async () => ({}))
  const { database } = engine
  const start = Date.now()
  t.mock.timers.enable({ apis: ['Date'], now: start })
  const job = (await jobs.claim(database, await recordJob(engine))) as jobs.Job
  const hold = openHold(job, start + jobs.attemptSeconds * 1000)
  return {
    database,
    job,
    hold,
    goTo: (seconds: number) => t.mock.timers.setTime(start + seconds * 1000),
    renewed: (progress?: number) => renew(database, hold, () => {}, progress),
    seconds: () => ((untilOf(hold) ?? 0) - start) / 1000,
    row: () => reload(engine, job)
  }
}

test('a lease holds from when its renewal was asked for, not from when the database answered', async t => {
  const { database, goTo, renewed, seconds, row, hold } = await open(t)
  goTo(10)
  database.once('query', () => goTo(18))
  await renewed()
  assert.equal(seconds(), 40)
  assert.equal((await row()).lease_until, untilOf(hold))
})

test('a renewal that was asked for earlier and answered last does not shorten the lease', async t => {
  const { goTo, renewed, seconds } = await open(t)
  goTo(20)
  await renewed()
  goTo(10)
  await renewed()
  assert.equal(seconds(), 50)
})

test('a lease that was lost once stays lost', async t => {
  const { database, job, hold, renewed } = await open(t)
  await database('jobs').update({ fencing_token: job.fencing_token + 1 })
  await renewed()
  assert.equal(untilOf(hold), undefined)
  await database('jobs').update({ fencing_token: job.fencing_token })
  await renewed()
  assert.equal(untilOf(hold), undefined)
})
