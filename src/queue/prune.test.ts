import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { type Engine, mails, openEngine, recordJob, reload } from '../../test/engine.ts'
import * as decisions from './decision.ts'
import { digest } from './digest.ts'
import type { Job } from './job.ts'
import * as jobs from './job.ts'
import { perform } from './perform.ts'
import { prune } from './prune.ts'

const day = 86_400_000
const entry = { step: 'mail', fencing_token: 1, began_at: 1 }
const about = { name: 'a.pdf', type: 'application/pdf' }

onBothDatabases(url => {
  const open = (t: TestContext) =>
    openEngine(t, url(), async (_payload, { storage, job }) => ({
      file: await storage.put(`a/${job.id}.pdf`, Buffer.from('pdf'), about)
    }))

  async function finished(engine: Engine, daysAgo: number): Promise<Job> {
    const job = await recordJob(engine)
    await perform(engine, { job: job.id, receiveCount: 1 })
    const finished_at = Date.now() - daysAgo * day
    await engine.database('jobs').where({ id: job.id }).update({ finished_at })
    return await reload(engine, job)
  }
  const isStored = async (engine: Engine, job: Job) => {
    const file = { key: job.file_key ?? '', name: 'a.pdf' }
    return (await fetch(await engine.storage.link(file))).ok
  }

  test('files go when their links have expired, jobs when they have been over for long', async t => {
    const engine = await open(t)
    const young = await finished(engine, 29)
    const expired = await finished(engine, 31)
    const old = await finished(engine, 91)
    assert.deepEqual(await prune(engine), { files: 2, jobs: 1, ticks: 0, actions: 0, events: 0 })
    assert.equal(await isStored(engine, young), true)
    assert.equal(await isStored(engine, expired), false)
    assert.equal(await isStored(engine, old), false)
    const { file_key, file_name } = await reload(engine, expired)
    assert.deepEqual([file_key, file_name], [null, 'a.pdf'])
    assert.equal(await reload(engine, old), undefined)
    assert.deepEqual(
      await prune(engine),
      { files: 0, jobs: 0, ticks: 0, actions: 0, events: 0 },
      'all done'
    )
  })

  test('the files beside the first one go with it, and uploads with the job', async t => {
    const engine = await open(t)
    const upload = `uploads/${'0a'.repeat(16)}`
    for (const key of ['b.zip', upload]) await engine.storage.put(key, Buffer.from('b'), about)
    const isThere = (key: string) =>
      engine.storage.read(key).then(
        () => true,
        () => false
      )
    const job = await finished(engine, 31)
    await engine
      .database('jobs')
      .where({ id: job.id })
      .update({
        payload: JSON.stringify({ file: { key: upload } }),
        more_files: JSON.stringify([{ key: 'b.zip', name: 'b.zip', bytes: 1 }])
      })
    await prune(engine)
    assert.deepEqual([await isThere('b.zip'), await isThere(upload)], [false, true])
    await engine.database('jobs').update({ finished_at: Date.now() - 91 * day })
    await prune(engine)
    assert.equal(await isThere(upload), false)
  })

  test('whatever a job has come to, it goes, in as many batches as it takes', async t => {
    const engine = await open(t)
    const { id: _, token: __, ...row } = await finished(engine, 91)
    for (const state of ['finished', 'failed', 'discarded', 'cancelled']) {
      const copy = (_: unknown, n: number) => ({ ...row, token: `${state} ${n}`, state })
      await engine.database.batchInsert('jobs', Array.from({ length: 550 }, copy), 100)
    }
    await engine.database('jobs').update({ file_key: null })
    assert.equal((await prune(engine)).jobs, 2201)
    assert.equal((await engine.database('jobs')).length, 0)
  })

  test('a job that is not over is kept, however old it is', async t => {
    const engine = await open(t)
    const job = await recordJob(engine)
    await engine.database('jobs').update({ waiting_at: 1, queued_at: 1 })
    assert.deepEqual(await prune(engine), { files: 0, jobs: 0, ticks: 0, actions: 0, events: 0 })
    assert.equal((await reload(engine, job)).state, 'waiting')
  })

  /** Prunes, while the operator orders a retry at the moment when files go. */
  async function pruneWhile(engine: Engine, order: () => Promise<unknown>) {
    const remove = async (keys: string[]) => {
      await engine.storage.remove(keys)
      if (keys.length > 0) await order()
    }
    return await prune({ ...engine, storage: { ...engine.storage, remove } })
  }

  test('an old job that is sent back while its uploads go is not lost, nor is its ledger', async t => {
    const engine = await open(t)
    const { id } = await finished(engine, 91)
    const payload = JSON.stringify({ file: { key: `uploads/${'0a'.repeat(16)}` } })
    await engine.database('jobs').update({ state: 'failed', file_key: null, payload })
    await engine.database('effects').insert({ ...entry, job_id: id })
    const job = (await jobs.find(engine.database, id)) as Job
    const order = () => decisions.requeue(engine.database, job)
    assert.deepEqual(await pruneWhile(engine, order), {
      files: 0,
      jobs: 1,
      ticks: 0,
      actions: 0,
      events: 0
    })
    assert.equal((await reload(engine, job)).state, 'waiting')
    assert.equal((await engine.database('effects')).length, 1)
  })

  test('a job that is done again while its expired file goes keeps the new one', async t => {
    const engine = await open(t)
    const job = await finished(engine, 31)
    await engine.database('jobs').update({ state: 'failed' })
    await pruneWhile(engine, async () => {
      await decisions.requeue(engine.database, await reload(engine, job))
      await perform(engine, { job: job.id, receiveCount: 1 })
    })
    const again = await reload(engine, job)
    assert.deepEqual([again.state, again.file_key], ['finished', job.file_key])
    assert.equal(await isStored(engine, again), true)
  })

  test('effects and old ticks go as well, in as many batches as it takes', async t => {
    const engine = await open(t)
    const job = await finished(engine, 91)
    await engine.database('effects').insert({ ...entry, job_id: job.id })
    const ticks = Array.from({ length: 600 }, (_, n) => ({
      ...{ task: 'sweep', state: 'done', began_at: 1 },
      scheduled_at: Date.now() - 31 * day - n * 60_000
    }))
    await engine.database.batchInsert('ticks', ticks, 100)
    assert.deepEqual(await prune(engine), { files: 1, jobs: 1, ticks: 600, actions: 0, events: 0 })
    for (const table of ['effects', 'ticks', 'jobs'])
      assert.equal((await engine.database(table)).length, 0, table)
  })

  test('the digest tells the operator of the last day', async t => {
    const engine = await open(t)
    await finished(engine, 0.1)
    await finished(engine, 2)
    const failed = { state: 'failed', error: 'Out of <paper>.\n  at x', file_key: null }
    const { id } = await finished(engine, 0.2)
    await engine.database('jobs').where({ id }).update(failed)
    assert.deepEqual(await digest(engine), { mailed: true, finished: 1, failed: 1 })
    const [mail] = (await mails(engine)) as unknown as {
      to: string[]
      text: string
      html: string
    }[]
    assert.deepEqual(mail?.to, ['operator@beanline.example'])
    assert.match(
      mail?.text ?? '',
      /finished 1, failed 1\n\nFailed.*\n\d+ {2}scripted {2}Out of <paper>\.\n/
    )
    assert.match(mail?.html ?? '', /Out of &lt;paper&gt;/)
    engine.config.OPERATOR_MAIL = ''
    assert.equal((await digest(engine)).mailed, false)
    assert.equal((await mails(engine)).length, 1)
  })
})
