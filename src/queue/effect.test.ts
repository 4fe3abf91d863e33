import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import {
  type Engine,
  eventually,
  expire,
  mails,
  openEngine,
  recordJob,
  reload
} from '../../test/engine.ts'
import * as decisions from './decision.ts'
import * as jobs from './job.ts'
import type { Kind } from './kind.ts'
import { perform } from './perform.ts'

const first = (job: jobs.Job) => ({ job: job.id, receiveCount: 1 })
const mail = { to: 'hanako@example.jp', subject: 'できました', text: 'text', html: '<p>html</p>' }

onBothDatabases(url => {
  const open = (t: TestContext, work: Kind['perform']) => openEngine(t, url(), work)

  test('a stale attempt can neither finish the job nor send its mail', async t => {
    let attempts = 0
    let resume = () => {}
    const overtaken = new Promise<void>(resolve => {
      resume = resolve
    })
    const engine = await open(t, async (_payload, tools) => {
      attempts += 1
      if (attempts === 1) await overtaken
      await tools.mail.send(mail)
      return {}
    })
    const job = await recordJob(engine)
    const stale = perform(engine, first(job))
    await eventually(() => attempts === 1)
    await expire(engine, job)
    assert.equal(await perform(engine, { job: job.id, receiveCount: 2 }), 'finished')
    resume()
    assert.equal(await stale, 'busy')
    assert.equal((await mails(engine)).length, 1)
    assert.equal((await reload(engine, job)).fencing_token, 2)
  })

  test('a mail that was sent is not sent again by a later attempt', async t => {
    const engine = await open(t, async (_payload, tools) => {
      await tools.mail.send(mail)
      if (tools.job.attempt === 1) throw new Error('The disk is full.')
      return {}
    })
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'retry')
    assert.equal(await perform(engine, first(job)), 'finished')
    assert.equal((await mails(engine)).length, 1)
  })

  test('a mail is sent again, and counted, when nobody knows whether it was', async t => {
    const engine = await open(t, async (_payload, tools) => {
      await tools.mail.send(mail)
      return {}
    })
    const job = await recordJob(engine)
    const claimed = await jobs.claim(engine.database, job)
    const entry = {
      job_id: job.id,
      step: 'mail',
      fencing_token: claimed?.fencing_token,
      began_at: 1
    }
    await engine.database('effects').insert(entry)
    await expire(engine, job)
    assert.equal(await perform(engine, first(job)), 'finished')
    const [effect] = await engine.database('effects').where({ job_id: job.id })
    assert.deepEqual([effect.ambiguous, effect.fencing_token], [1, 2])
    assert.ok(await receipt(engine, job))
  })

  test('a mail whose answer is lost is not repeated unseen: the next attempt sends and counts it', async t => {
    const engine = await open(t, async (_payload, tools) => {
      await tools.mail.send(mail)
      return {}
    })
    const fault = { name: 'timeout-after-accept', times: 1 }
    await engine.mailbox.inject({ method: 'POST', url: '/faults', payload: fault })
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'retry')
    assert.equal((await mails(engine)).length, 1)
    assert.equal(await perform(engine, first(job)), 'finished')
    assert.equal((await mails(engine)).length, 2)
    const [effect] = await engine.database('effects').where({ job_id: job.id })
    assert.equal(effect.ambiguous, 1)
  })

  test('the person is told that a mail may come twice, also by an attempt after the one that repeated it', async t => {
    let attempts = 0
    const engine = await open(t, async (_payload, tools) => {
      await tools.mail.send(mail)
      if (++attempts === 1) throw new Error('The disk is full.')
      return { warnings: ['〓'] }
    })
    const job = await recordJob(engine)
    await doubt(engine, job)
    assert.equal(await perform(engine, first(job)), 'retry')
    assert.equal(await perform(engine, first(job)), 'finished')
    const warnings = JSON.parse((await reload(engine, job)).warnings ?? '[]')
    assert.equal(warnings[0], '〓')
    assert.match(warnings[1], /同じメールが2通届くことがあります/)
  })

  test('a kind can have a doubtful mail held for the operator, whose retry sends it', async t => {
    const engine = await open(t, async (_payload, tools) => {
      await tools.mail.send(mail)
      return {}
    })
    for (const kind of engine.kinds) kind.onDoubt = 'hold'
    const job = await recordJob(engine)
    await doubt(engine, job)
    assert.equal(await perform(engine, first(job)), 'gave up')
    const failed = await reload(engine, job)
    assert.match(
      failed.error ?? '',
      /^Nobody knows whether the mail of an earlier attempt went out/
    )
    assert.equal((await mails(engine)).length, 0)
    await decisions.requeue(engine.database, failed)
    assert.equal(await perform(engine, first(job)), 'finished')
    assert.equal((await mails(engine)).length, 1)
    const [effect] = await engine.database('effects').where({ job_id: job.id })
    assert.equal(effect.ambiguous, 1)
    assert.equal((await reload(engine, job)).warnings, '[]')
  })

  test('SES throttling makes the job wait, and the mail is not ambiguous afterwards', async t => {
    const engine = await open(t, async (_payload, tools) => {
      await tools.mail.send(mail)
      return {}
    })
    const fault = { name: 'Throttling', times: 1 }
    await engine.mailbox.inject({ method: 'POST', url: '/faults', payload: fault })
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'retry later')
    await engine.database('jobs').update({ run_at: null })
    assert.equal(await perform(engine, first(job)), 'finished')
    const [effect] = await engine.database('effects').where({ job_id: job.id })
    assert.equal(effect.ambiguous, 0)
  })

  test('a mail that SES refuses for good fails the job, but its file can be fetched', async t => {
    const engine = await open(t, async (_payload, tools) => {
      const about = { name: 'a.pdf', type: 'application/pdf' }
      await tools.storage.put('a.pdf', Buffer.from('pdf'), about)
      await tools.mail.send(mail)
      return {}
    })
    const fault = { name: 'MessageRejected', times: 1 }
    await engine.mailbox.inject({ method: 'POST', url: '/faults', payload: fault })
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'gave up')
    const { error, file_key, file_name, file_bytes } = await reload(engine, job)
    assert.match(error ?? '', /^SES: /)
    assert.deepEqual([file_key, file_name, file_bytes], ['a.pdf', 'a.pdf', 3])
  })

  test('an end that the database does not take at once is written later, receipt and all, so no second mail', async t => {
    const engine = await open(t, async (_payload, tools) => {
      await tools.mail.send(mail)
      return {}
    })
    const { send } = engine.mail
    engine.mail.send = async message => {
      const receipt = await send(message)
      await engine.database.schema.renameTable('jobs', 'jobs_away')
      return receipt
    }
    const refused = new Promise(resolve => engine.database.once('query-error', resolve))
    const job = await recordJob(engine)
    const attempt = perform(engine, first(job))
    await refused
    await engine.database.schema.renameTable('jobs_away', 'jobs')
    assert.equal(await attempt, 'finished')
    assert.ok(await receipt(engine, job))
    assert.equal((await mails(engine)).length, 1)
  })
})

/** What SES gave for the mail, as the finished job remembers it. */
async function receipt(engine: Engine, job: jobs.Job) {
  const { mail } = JSON.parse((await reload(engine, job)).receipts ?? '{}')
  return mail?.messageId && mail
}

/** An attempt that dies between the sending of its mail and the receipt. */
async function doubt(engine: Engine, job: jobs.Job) {
  const { fencing_token } = (await jobs.claim(engine.database, job)) as jobs.Job
  const entry = { job_id: job.id, step: 'mail', fencing_token, began_at: Date.now() }
  await engine.database('effects').insert(entry)
  await expire(engine, job)
}
