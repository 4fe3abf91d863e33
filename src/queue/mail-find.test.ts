import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { type Engine, openEngine, recordJob } from '../../test/engine.ts'
import { asked } from './effect.ts'
import { hearMailEvents } from './hear-mail-events.ts'
import { findMails, type MailFilter } from './mail-find.ts'
import { perform } from './perform.ts'

const letter = { subject: 'できました', text: 'text', html: '<p>html</p>' }
const simulator = (name: string) => `${name}@simulator.amazonses.com`

onBothDatabases(url => {
  /** A line whose jobs mail to the address that is their word, and those that have no address mail nobody. */
  async function open(t: TestContext) {
    const engine = await openEngine(t, url(), async (payload, { mail }) => {
      const { word: to } = payload as { word: string }
      if (to.includes('@')) await mail.send({ ...letter, to })
      return {}
    })
    const order = async (to: string) => {
      const { id } = await recordJob(engine, to)
      await engine.database('jobs').where({ id }).update({ email: to })
      await perform(engine, { job: id, receiveCount: 1 })
      return id
    }
    const find = async (filter: MailFilter, before?: number, after?: number) => {
      const { mails, reached } = await findMails(engine.database, filter, {
        ...{ most: 2, before, after }
      })
      return { found: mails.map(({ job, state }) => `${job.id} ${state}`), reached }
    }
    return { engine, order, find }
  }

  test('mails are found by what became of them, from the newest job on', async t => {
    const { engine, order, find } = await open(t)
    await order('nobody')
    const good = await order('hanako@example.jp')
    const bad = await order(simulator('bounce'))
    const angry = await order(simulator('complaint'))
    const away = await order(simulator('ooto'))
    await hearMailEvents(engine)
    const quiet = await order('taro@example.jp')
    const all = await find({})
    assert.deepEqual(all, { found: [`${quiet} sent`, `${away} delivered`], reached: away })
    const next = await find({}, away)
    assert.deepEqual(next, { found: [`${angry} complained`, `${bad} bounced`], reached: bad })
    assert.deepEqual(await find({}, bad), { found: [`${good} delivered`], reached: undefined })
    assert.deepEqual((await find({}, undefined, good)).found, [
      `${angry} complained`,
      `${bad} bounced`
    ])
    assert.deepEqual((await find({ state: 'bounced' })).found, [`${bad} bounced`])
    assert.deepEqual((await find({ state: 'complained' })).found, [`${angry} complained`])
    assert.deepEqual((await find({ state: 'sent' })).found, [`${quiet} sent`])
    const delivered = await find({ state: 'delivered' })
    assert.deepEqual(delivered.found, [`${away} delivered`, `${good} delivered`])
  })

  test('mails are found by address and by job', async t => {
    const { order, find } = await open(t)
    const first = await order('Hanako@example.jp')
    const second = await order('hanako@example.jp')
    const found = async (filter: MailFilter) => (await find(filter)).found
    assert.deepEqual(await found({ recipient: 'Hanako@example.jp' }), [
      `${second} sent`,
      `${first} sent`
    ])
    assert.deepEqual(await found({ recipient: 'hanako@example.jp' }), [`${second} sent`])
    assert.deepEqual(await found({ recipient: 'hanako' }), [], 'as a whole only')
    assert.deepEqual(await found({ job: first }), [`${first} sent`])
    assert.deepEqual(await found({ job: first, state: 'bounced' }), [])
  })

  test('doubts are found: counted ones, held ones, and those that nobody has come to', async t => {
    const { engine, order, find } = await open(t)
    const change = async (id: number, effect: object, job: object = {}) => {
      await engine.database('effects').where({ job_id: id }).update(effect)
      await engine
        .database('jobs')
        .where({ id })
        .update({ receipts: null, ...job })
    }
    const repeated = await order('a@example.jp')
    const receipt = '{"messageId":"x"}'
    await change(repeated, { ambiguous: 1, done_at: 1, receipt })
    const left = await order('b@example.jp')
    await change(left, { fencing_token: 1 }, { state: 'failed', fencing_token: 2 })
    const held = await order('c@example.jp')
    await change(held, { ambiguous: 1, fencing_token: asked }, { state: 'failed' })
    await order('d@example.jp')
    assert.deepEqual(await find({ state: 'ambiguous' }), {
      ...{ found: [`${held} held`, `${left} doubtful`], reached: left }
    })
    assert.deepEqual((await find({ state: 'ambiguous' }, left)).found, [`${repeated} sent`])
    assert.deepEqual((await find({ state: 'held' })).found, [`${held} held`])
  })

  test('a complaint is worse than a bounce, and what waits for a decision waits whatever SES tells', async t => {
    const { engine, order, find } = await open(t)
    const told = async (job_id: number, event: string) =>
      await engine.database('mail_events').insert({
        ...{ job_id, event, message_id: String(job_id), recipient: 'x', at: 1 },
        type: 'Permanent'
      })
    const angry = await order('a@example.jp')
    for (const event of ['complaint', 'bounce', 'delivery']) await told(angry, event)
    const held = await order('b@example.jp')
    await engine
      .database('effects')
      .where({ job_id: held })
      .update({ fencing_token: asked, done_at: null })
    await engine.database('jobs').where({ id: held }).update({ state: 'failed', receipts: null })
    await told(held, 'bounce')
    assert.deepEqual((await find({})).found, [`${held} held`, `${angry} complained`])
  })

  test('a doubt stays one though its job was cancelled or discarded', async t => {
    const { engine, order, find } = await open(t)
    const ids: number[] = []
    for (const state of ['discarded', 'cancelled'] as const) {
      const id = await order('a@example.jp')
      await engine.database('effects').where({ job_id: id }).update({ done_at: null })
      await engine.database('jobs').where({ id }).update({ state, receipts: null })
      ids.unshift(id)
    }
    const { found } = await find({ state: 'ambiguous' })
    assert.deepEqual(found, [`${ids[0]} doubtful`, `${ids[1]} doubtful`])
  })

  test('a search ends after its effort, and says how far it came', async t => {
    const { engine, order } = await open(t)
    const ids: number[] = []
    for (let count = 0; count < 3; count += 1) ids.push(await order('a@example.jp'))
    await bounceFirst(engine, ids)
    const effort = { jobs: 1, milliseconds: 1e6 }
    const rows = Array.from({ length: 120 }, (_, n) => ({ ...row, token: `t${n}` }))
    await engine.database.batchInsert('jobs', rows, 40)
    const newer: number[] = await engine
      .database('jobs')
      .where('id', '>', ids[2] as number)
      .pluck('id')
    const entry = { step: 'mail', fencing_token: 1, began_at: 1, done_at: 1, receipt: '{}' }
    const effects = newer.map(job_id => ({ ...entry, job_id }))
    await engine.database.batchInsert('effects', effects, 40)
    const filter = { state: 'sent' } as const
    const first = await findMails(engine.database, filter, { most: 5, effort })
    assert.deepEqual([first.mails, first.reached], [[], newer[20]])
    const rest = { most: 5, effort, before: first.reached }
    assert.equal((await findMails(engine.database, filter, rest)).mails.length, 2)
  })
})

async function bounceFirst({ database }: Engine, [job_id]: number[]) {
  const event = { message_id: 'x', event: 'bounce', recipient: 'a@example.jp', at: 1 }
  await database('mail_events').insert({ ...event, type: 'Permanent', job_id })
}

const row = {
  ...{ kind: 'scripted', state: 'finished', payload: '{}', payload_hash: 'x', language: 'ja' },
  ...{ email: 'z@example.jp', waiting_at: 1, queued_at: 1, finished_at: 1, fencing_token: 1 }
}
