import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { type Engine, expire, mails, openEngine, recordJob, reload } from '../../test/engine.ts'
import * as decisions from './decision.ts'
import * as jobs from './job.ts'
import type { Kind } from './kind.ts'
import { perform } from './perform.ts'

const first = (job: jobs.Job) => ({ job: job.id, receiveCount: 1 })
const last = (job: jobs.Job) => ({ job: job.id, receiveCount: 5 })
const mail = { to: 'hanako@example.jp', subject: 'できました', text: 'text', html: '<p>html</p>' }
const told = /同じメールが2通届くことがあります/
const send: Kind['perform'] = async (_payload, tools) => {
  await tools.mail.send(mail)
  return {}
}

onBothDatabases(url => {
  const open = (t: TestContext, work: Kind['perform']) => openEngine(t, url(), work)

  test('the person is told of a doubtful mail although the attempt that sent it again died', async t => {
    const engine = await open(t, async (_payload, tools) => {
      await tools.mail.send(mail)
      if (tools.job.attempt === 2) throw new Error('The disk is full.')
      return {}
    })
    await fault(engine, 'timeout-after-accept')
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'retry')
    assert.equal(await perform(engine, first(job)), 'retry')
    assert.equal(await perform(engine, first(job)), 'finished')
    assert.equal((await mails(engine)).length, 2)
    assert.match((await reload(engine, job)).warnings ?? '', told)
  })

  test('a doubt stays counted, and is told, when SES throttles the mail that is sent again', async t => {
    const engine = await open(t, send)
    await fault(engine, 'timeout-after-accept')
    await fault(engine, 'Throttling')
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'retry')
    assert.equal(await perform(engine, first(job)), 'retry later')
    await engine.database('jobs').update({ run_at: null })
    assert.equal(await perform(engine, first(job)), 'finished')
    assert.equal((await mails(engine)).length, 2)
    assert.equal((await effectOf(engine, job)).ambiguous, 1)
    assert.match((await reload(engine, job)).warnings ?? '', told)
  })

  test('a mail in doubt that nobody has counted when the operator retries the job is counted, and told', async t => {
    const engine = await open(t, send)
    await fault(engine, 'timeout-after-accept')
    const job = await recordJob(engine)
    assert.equal(await perform(engine, last(job)), 'failed')
    await decisions.requeue(engine.database, await reload(engine, job))
    assert.equal(await perform(engine, first(job)), 'finished')
    assert.equal((await mails(engine)).length, 2)
    assert.equal((await effectOf(engine, job)).ambiguous, 1)
    assert.match((await reload(engine, job)).warnings ?? '', told)
  })

  test('the operator does not decide on a doubt that nobody has told of: the retry asks first', async t => {
    const engine = await open(t, send)
    for (const kind of engine.kinds) kind.onDoubt = 'hold'
    await fault(engine, 'timeout-after-accept')
    const job = await recordJob(engine)
    assert.equal(await perform(engine, last(job)), 'failed')
    await decisions.requeue(engine.database, await reload(engine, job))
    assert.equal(await perform(engine, first(job)), 'gave up')
    assert.match((await reload(engine, job)).error ?? '', /^Nobody knows whether the mail/)
    assert.equal((await mails(engine)).length, 1)
    await decisions.requeue(engine.database, await reload(engine, job))
    assert.equal(await perform(engine, first(job)), 'finished')
    assert.equal((await mails(engine)).length, 2)
    assert.equal((await effectOf(engine, job)).ambiguous, 1)
  })

  test('a doubt that is held is counted once, and not decided on, when the attempt that held it has died', async t => {
    const engine = await open(t, send)
    for (const kind of engine.kinds) kind.onDoubt = 'hold'
    await fault(engine, 'timeout-after-accept')
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'retry')
    assert.equal(await perform(engine, first(job)), 'gave up')
    await engine.database('jobs').update({ state: 'running', lease_until: 1 })
    assert.equal(await decisions.requeue(engine.database, await reload(engine, job)), undefined)
    assert.equal(await perform(engine, first(job)), 'gave up')
    assert.equal((await effectOf(engine, job)).ambiguous, 1)
    assert.equal((await mails(engine)).length, 1)
  })

  test('an order to retry leaves the mail of an attempt under way alone', async t => {
    const engine = await open(t, send)
    const job = await recordJob(engine)
    const claimed = (await jobs.claim(engine.database, job)) as jobs.Job
    const entry = {
      job_id: job.id,
      step: 'mail',
      fencing_token: claimed.fencing_token,
      began_at: 1
    }
    await engine.database('effects').insert(entry)
    assert.equal(await decisions.requeue(engine.database, await reload(engine, job)), undefined)
    assert.equal((await effectOf(engine, job)).fencing_token, claimed.fencing_token)
    await expire(engine, job)
    assert.equal(await perform(engine, first(job)), 'finished')
    assert.equal((await effectOf(engine, job)).ambiguous, 1, 'nobody has decided')
  })

  test('a mail that SES has refused leaves no doubt for an order to retry', async t => {
    const engine = await open(t, send)
    await fault(engine, 'MessageRejected')
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'gave up')
    assert.ok(await decisions.requeue(engine.database, await reload(engine, job)))
    assert.equal(await perform(engine, first(job)), 'finished')
    assert.equal((await effectOf(engine, job)).ambiguous, 0)
    assert.equal((await reload(engine, job)).warnings, '[]')
  })
})

async function fault({ mailbox }: Engine, name: string) {
  await mailbox.inject({ method: 'POST', url: '/faults', payload: { name } })
}

async function effectOf({ database }: Engine, { id }: jobs.Job) {
  return await database('effects').where({ job_id: id }).first()
}
