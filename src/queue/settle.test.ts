import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mariadbOfTests } from '../../test/databases.ts'
import { mails, openEngine, recordJob, reload } from '../../test/engine.ts'
import { needs } from '../../test/needs.ts'
import type { Job } from './job.ts'
import { RetryLater } from './outcome.ts'
import { perform } from './perform.ts'

const sqlite = 'sqlite::memory:'
const skip = needs('mariadbd')
const mariadbUrl = mariadbOfTests(skip)
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

test('a result that does not fit into the row is an error of the attempt, and its mail is not sent again', {
  skip
}, async t => {
  const engine = await openEngine(t, mariadbUrl(), async (_payload, tools) => {
    const { email: to } = tools.job
    await tools.mail.send({ to, subject: 'できました', text: 'text', html: '<p>html</p>' })
    return { warnings: ['x'.repeat(65_536)] }
  })
  const job = await recordJob(engine)
  assert.equal(await perform(engine, first(job)), 'retry')
  assert.match((await reload(engine, job)).error ?? '', /Data too long for column 'warnings'/)
  assert.equal(await perform(engine, { job: job.id, receiveCount: 5 }), 'failed')
  assert.equal((await mails(engine)).length, 1)
  const [effect] = await engine.database('effects')
  assert.equal(effect.ambiguous, 0)
})

test('of a long error its beginning is kept', async t => {
  const engine = await openEngine(t, sqlite, async () => {
    throw new Error('〓'.repeat(70_000))
  })
  const job = await recordJob(engine)
  assert.equal(await perform(engine, first(job)), 'retry')
  assert.equal((await reload(engine, job)).error, '〓'.repeat(4000))
})
