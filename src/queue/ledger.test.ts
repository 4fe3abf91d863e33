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
import type { Effect } from './effect.ts'
import * as jobs from './job.ts'
import type { Kind } from './kind.ts'
import { perform } from './perform.ts'

const first = (job: jobs.Job) => ({ job: job.id, receiveCount: 1 })
const mail = { to: 'hanako@example.jp', subject: 'できました', text: 'text', html: '<p>html</p>' }

onBothDatabases(url => {
  const open = (t: TestContext, work: Kind['perform']) => openEngine(t, url(), work)

  test('the receipt is in the next statement: the end of the job, or one of its own', async t => {
    const engine = await open(t, async (_payload, tools) => {
      await tools.mail.send(mail)
      if (tools.job.attempt === 1)
        await eventually(async () => (await ledger(engine, job))?.done_at)
      if (tools.job.attempt === 1) throw new Error('The disk is full.')
      return {}
    })
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'retry')
    const { receipt: noted } = (await ledger(engine, job)) ?? assert.fail('no entry')
    assert.equal(await perform(engine, first(job)), 'finished')
    assert.deepEqual(JSON.parse(noted ?? ''), await receipt(engine, job))
  })

  test('a mail sent twice by the same attempt, at once even, goes out once', async t => {
    const engine = await open(t, async (_payload, tools) => {
      const receipts = await Promise.all([tools.mail.send(mail), tools.mail.send(mail)])
      receipts.push(await tools.mail.send(mail))
      assert.equal(new Set(receipts.map(({ messageId }) => messageId)).size, 1)
      return {}
    })
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'finished')
    assert.equal((await mails(engine)).length, 1)
  })

  test('the receipt of an attempt that lost its job is kept, so the next one sends nothing', async t => {
    const engine = await open(t, async (_payload, tools) => {
      await tools.mail.send(mail)
      if (tools.job.attempt > 1) return {}
      await expire(engine, job)
      assert.ok(await jobs.claim(engine.database, await reload(engine, job)))
      return {}
    })
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'busy')
    await expire(engine, job)
    assert.equal(await perform(engine, first(job)), 'finished')
    assert.equal((await mails(engine)).length, 1)
  })
})

async function ledger({ database }: Engine, job: jobs.Job): Promise<Effect | undefined> {
  return await database('effects').where({ job_id: job.id }).first()
}

/** What SES gave for the mail, as the finished job remembers it. */
async function receipt(engine: Engine, job: jobs.Job) {
  const { mail } = JSON.parse((await reload(engine, job)).receipts ?? '{}')
  return mail?.messageId && mail
}
