import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openEngine, recordJob, reload } from '../../test/engine.ts'
import type { Job } from './job.ts'
import { RetryLater } from './outcome.ts'
import { perform } from './perform.ts'

const sqlite = 'sqlite::memory:'
const first = (job: Job) => ({ job: job.id, receiveCount: 1 })

for (const [seconds, delayed] of [
  [900, 1],
  [901, 0]
] as const)
  test(`RetryLater(${seconds}) sends ${delayed} delayed message`, async t => {
    const engine = await openEngine(t, sqlite, async () => {
      throw new RetryLater(seconds, 'SES is throttling.')
    })
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'retry later')
    assert.deepEqual(await engine.queue.counts(), { visible: 0, inFlight: 0, delayed })
  })

test('RetryLater of an attempt that has lost its job sends nothing', async t => {
  const engine = await openEngine(t, sqlite, async () => {
    await engine.database('jobs').increment({ fencing_token: 1 })
    throw new RetryLater(60, 'SES is throttling.')
  })
  const job = await recordJob(engine)
  assert.equal(await perform(engine, first(job)), 'busy')
  assert.equal(await engine.queue.depth(), 0)
  const { state, run_at } = await reload(engine, job)
  assert.deepEqual([state, run_at], ['running', null])
})
