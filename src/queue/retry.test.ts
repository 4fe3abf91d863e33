import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openEngine, recordJob, reload } from '../../test/engine.ts'
import type { Job } from './job.ts'
import type { Kind } from './kind.ts'
import { perform } from './perform.ts'
import { sweep } from './sweep.ts'

const first = (job: Job) => ({ job: job.id, receiveCount: 1 })

async function open(t: TestContext, retries: Kind['retries']) {
  const engine = await openEngine(t, 'sqlite::memory:', async () => {
    throw new Error('The printer is on fire.')
  })
  Object.assign(engine.kinds[0] as Kind, { retries })
  const job = await recordJob(engine)
  /** Fails once more; gives the pause after it, in seconds, and lets it pass. */
  async function fail() {
    const outcome = await perform(engine, { job: job.id, receiveCount: 5 })
    const { run_at } = await reload(engine, job)
    await engine.database('jobs').update({ run_at: null })
    return { outcome, pause: run_at ? (run_at - Date.now()) / 1000 : undefined }
  }
  return { engine, job, fail }
}

test('a kind that declares its retries comes again by new messages, each later than the one before', async t => {
  const { engine, job, fail } = await open(t, { most: 8, firstSeconds: 10, longestSeconds: 100 })
  const bounds = [10, 20, 40, 80, 100, 100, 100]
  for (const bound of bounds) {
    const { outcome, pause = 0 } = await fail()
    assert.equal(outcome, 'retry later')
    assert.ok(pause > bound / 2 - 2 && pause <= bound + 1, `${pause} s of ${bound}`)
  }
  assert.equal((await engine.queue.counts()).delayed, bounds.length)
  assert.equal((await fail()).outcome, 'failed')
  const { state, attempts, error } = await reload(engine, job)
  assert.deepEqual([state, attempts], ['failed', 8])
  assert.match(error ?? '', /^The printer is on fire\./)
})

test('jobs that failed together do not come back together', async t => {
  const { engine } = await open(t, { most: 2, firstSeconds: 800, longestSeconds: 800 })
  const pauses = new Set<number>()
  for (let count = 0; count < 10; count += 1) {
    const job = await recordJob(engine)
    await perform(engine, first(job))
    pauses.add(Math.round(((await reload(engine, job)).run_at ?? 0) / 10_000))
  }
  assert.ok(pauses.size > 3, `${pauses.size} different times of ten`)
})

test('a pause that is longer than SQS delays a message is kept by the sweep', async t => {
  const { engine, job } = await open(t, { most: 2, firstSeconds: 4000, longestSeconds: 4000 })
  assert.equal(await perform(engine, first(job)), 'retry later')
  assert.equal(await engine.queue.depth(), 0)
  assert.equal((await sweep(engine)).sent, 0, 'not yet')
  const past = Date.now() - 6000
  await engine.database('jobs').update({ run_at: past, queued_at: past })
  assert.equal((await sweep(engine)).sent, 1)
})

test('without a declaration a job comes again by its own message, as often as it is received', async t => {
  const { engine, job } = await open(t, undefined)
  assert.equal(await perform(engine, { job: job.id, receiveCount: 4 }), 'retry')
  assert.equal(await engine.queue.depth(), 0)
  assert.equal(await perform(engine, { job: job.id, receiveCount: 5 }), 'failed')
})
