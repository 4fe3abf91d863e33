import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { pino } from 'pino'
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
import { filesOf } from './file.ts'
import * as jobs from './job.ts'
import type { Kind } from './kind.ts'
import { perform } from './perform.ts'

const first = (job: jobs.Job) => ({ job: job.id, receiveCount: 1 })
const mail = { to: 'hanako@example.jp', subject: 'できました', text: 'text', html: '<p>html</p>' }

const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')

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
    assert.match((await reload(engine, job)).error ?? '', /^The disk is full/, 'noted under way')
    const { receipt: noted } = (await ledger(engine, job)) ?? assert.fail('no entry')
    assert.equal(await perform(engine, first(job)), 'finished')
    assert.deepEqual(JSON.parse(noted ?? ''), { ...(await receipt(engine, job)), files: [] })
  })

  test('a file is known by its key and SHA-256, and an attempt that makes another says so', async t => {
    const about = { name: 'a.pdf', type: 'application/pdf' }
    const engine = await open(t, async (_payload, tools) => {
      const bytes = Buffer.from(`made by attempt ${tools.job.attempt}`)
      const file = await tools.storage.put('a.pdf', bytes, about)
      async function* pieces() {
        yield* ['in ', 'pieces'].map(text => Buffer.from(text))
      }
      const more = [await tools.storage.put('b.txt', pieces(), { ...about, name: 'b.txt' })]
      await tools.mail.send(mail)
      if (tools.job.attempt === 1) throw new Error('The disk is full.')
      return { file, more }
    })
    const lines: { msg: string; keys?: string[] }[] = []
    const log = pino({}, { write: line => lines.push(JSON.parse(line)) })
    const job = await recordJob(engine)
    assert.equal(await perform({ ...engine, log }, first(job)), 'retry')
    const noted = JSON.parse((await ledger(engine, job))?.receipt ?? '')
    assert.equal(await perform({ ...engine, log }, first(job)), 'finished')
    const files = filesOf(await reload(engine, job))
    const hashes = ['made by attempt 2', 'in pieces'].map(sha256)
    assert.deepEqual(
      files.map(file => file.sha256),
      hashes
    )
    for (const { key, sha256: hash } of files)
      assert.equal(sha256(await engine.storage.read(key)), hash)
    assert.deepEqual(noted.files, [
      { key: 'a.pdf', sha256: sha256('made by attempt 1') },
      { key: 'b.txt', sha256: hashes[1] }
    ])
    const told = lines.filter(({ msg }) => /an earlier attempt stored other bytes/.test(msg))
    assert.deepEqual(
      told.map(({ keys }) => keys),
      [['a.pdf']]
    )
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
