import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mariadbOfTests } from '../../test/databases.ts'
import { eventually, openEngine, recordJob, reload } from '../../test/engine.ts'
import { needs } from '../../test/needs.ts'
import { startProxy } from '../../test/proxy.ts'
import * as jobs from './job.ts'
import { keepLease } from './lease.ts'

const skip = needs('mariadbd')
const mariadbUrl = mariadbOfTests(skip)

test('the lease is lost in time although the database never answers', { skip }, async t => {
  const proxy = await startProxy(t, mariadbUrl())
  const engine = await openEngine(t, proxy.url, async () => ({}))
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const claimed = (await jobs.claim(engine.database, await recordJob(engine))) as jobs.Job
  const lease = keepLease(engine, claimed)
  t.after(lease.stop)
  proxy.silence(true)
  lease.progress(1)
  t.mock.timers.setTime(Date.now() + jobs.leaseSeconds * 1000)
  assert.equal(lease.signal.aborted, false)
  t.mock.timers.setTime(Date.now() + 1)
  await eventually(() => lease.signal.aborted)
  assert.match(String(lease.signal.reason), /The lease ran out: the database has not answered/)
})

test('progress is a whole number, and 100 only at the end', async t => {
  const engine = await openEngine(t, 'sqlite::memory:', async () => ({}))
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const claimed = (await jobs.claim(engine.database, await recordJob(engine))) as jobs.Job
  const lease = keepLease(engine, claimed)
  t.after(lease.stop)
  for (const [percent, shown] of [
    [12.7, 12],
    [250, 99],
    [-1, 0]
  ] as const) {
    t.mock.timers.setTime(Date.now() + 1001)
    lease.progress(percent)
    await eventually(async () => (await reload(engine, claimed)).progress === shown)
  }
})
