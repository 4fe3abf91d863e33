import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expire, openEngine, recordJob, reload } from '../../test/engine.ts'
import { seriesIn } from '../../test/metrics.ts'
import * as jobs from '../queue/job.ts'
import type { Tools } from '../queue/kind.ts'
import { GiveUp } from '../queue/outcome.ts'
import { perform } from '../queue/perform.ts'
import { sweep } from '../queue/sweep.ts'
import { registry } from './meters.ts'

/** How much each series grows while something is done. */
async function growth(work: () => Promise<unknown>, series: string[]) {
  const before = await registry.metrics()
  await work()
  const after = await registry.metrics()
  return series.map(each => (seriesIn(after, each) ?? 0) - (seriesIn(before, each) ?? 0))
}

const lostByEngine = 'beanline_leases_lost_total{noticed="engine"}'

test('the lease of a dead worker is counted once, by whoever ends its attempt', async t => {
  const engine = await openEngine(t, 'sqlite::memory:', async () => ({}))
  for (const end of [
    () => sweep(engine),
    async (job: jobs.Job) => await perform(engine, { job: job.id, receiveCount: 2 })
  ]) {
    const job = (await jobs.claim(engine.database, await recordJob(engine))) as jobs.Job
    await expire(engine, job)
    assert.deepEqual(await growth(async () => await end(job), [lostByEngine]), [1])
  }
})

test('a lease that was taken away from an attempt is counted by its own worker', async t => {
  const engine = await openEngine(t, 'sqlite::memory:', async (_payload, { job }) => {
    await engine.database('jobs').where({ id: job.id }).update({ fencing_token: 99 })
    await new Promise(resolve => {
      const asking = setInterval(() => job.progress(1), 100)
      job.signal.addEventListener('abort', () => resolve(clearInterval(asking)))
    })
    throw new Error('lost')
  })
  const { id } = await recordJob(engine)
  const series = ['beanline_leases_lost_total{noticed="worker"}', lostByEngine]
  const grown = await growth(() => perform(engine, { job: id, receiveCount: 1 }), series)
  assert.deepEqual(grown, [1, 0])
})

test('a job that gives up is one that failed, whoever has failed it', async t => {
  const engine = await openEngine(t, 'sqlite::memory:', async () => {
    throw new GiveUp('never')
  })
  const job = await recordJob(engine)
  const series = [
    'beanline_job_attempts_total{kind="scripted",outcome="gave up"}',
    'beanline_job_moves_total{kind="scripted",move="failed"}'
  ]
  const work = () => perform(engine, { job: job.id, receiveCount: 1 })
  assert.deepEqual(await growth(work, series), [1, 1])
  assert.equal((await reload(engine, job)).state, 'failed')
})

test('a mail is counted as sent, and again as a doubt when nobody knows of the first', async t => {
  const send = async (_payload: object, { mail }: Tools) => {
    await mail.send({ to: 'hanako@example.jp', subject: 's', text: 't', html: '<p>t</p>' })
    return {}
  }
  const engine = await openEngine(t, 'sqlite::memory:', send)
  const { id } = await recordJob(engine)
  const work = async () => {
    await perform(engine, { job: id, receiveCount: 1 })
    await engine.database('effects').update({ done_at: null, receipt: '{}', fencing_token: 1 })
    await engine.database('jobs').where({ id }).update({ state: 'retrying', run_at: null })
    await perform(engine, { job: id, receiveCount: 2 })
  }
  const series = ['beanline_mails_total{outcome="sent"}', 'beanline_mail_doubts_total']
  assert.deepEqual(await growth(work, series), [2, 1])
})
