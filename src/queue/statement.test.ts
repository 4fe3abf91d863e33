import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mariadbOfTests } from '../../test/databases.ts'
import { eventually, mails, openEngine, order, recordJob, reload } from '../../test/engine.ts'
import { needs } from '../../test/needs.ts'
import { startProxy } from '../../test/proxy.ts'
import * as decisions from './decision.ts'
import { enqueue } from './enqueue.ts'
import * as jobs from './job.ts'
import type { Kind } from './kind.ts'
import { perform } from './perform.ts'
import { repeated } from './statement.ts'

const skip = needs('mariadbd')
const mariadbUrl = mariadbOfTests(skip)

const mail = { to: 'hanako@example.jp', subject: 'できました', text: 'text', html: '<p>html</p>' }
const mailing: Kind['perform'] = async (_payload, tools) => {
  await tools.mail.send(mail)
  return {}
}
for (const [answers, statement] of ['find', 'claim', 'entry in the ledger', 'end'].entries())
  test(`a job is done once although the answer to its ${statement} is lost`, { skip }, async t => {
    const proxy = await startProxy(t, mariadbUrl())
    const engine = await openEngine(t, proxy.url, mailing)
    const job = await recordJob(engine)
    const isCut = proxy.cutAfter(answers)
    assert.equal(await perform(engine, { job: job.id, receiveCount: 1 }), 'finished')
    assert.ok(isCut())
    const { state, attempts, deaths, fencing_token } = await reload(engine, job)
    assert.deepEqual([state, attempts, deaths, fencing_token], ['finished', 1, 0, 1])
    const [effect] = await engine.database('effects')
    assert.equal(effect.ambiguous, 0)
    assert.equal((await mails(engine)).length, 1)
  })

for (const key of [undefined, 'key'])
  test(`an order with ${key ? 'a key' : 'no key'} is recorded once although the answer is lost`, {
    skip
  }, async t => {
    const proxy = await startProxy(t, mariadbUrl())
    const engine = await openEngine(t, proxy.url, mailing)
    await reload(engine, await recordJob(engine))
    const isCut = proxy.cutAfter(0)
    const { job, status } = await enqueue(engine, order, key)
    assert.ok(isCut())
    assert.equal(status, 'new')
    assert.equal((await engine.database('jobs').where('id', '>=', job.id)).length, 1)
    assert.equal(await engine.queue.depth(), 1)
  })

test('an order whose answer is lost leaves its job alone if an attempt has begun meanwhile', {
  skip
}, async t => {
  const proxy = await startProxy(t, mariadbUrl())
  const engine = await openEngine(t, proxy.url, mailing)
  const other = await openEngine(t, mariadbUrl(), mailing)
  await reload(engine, await recordJob(engine))
  engine.database.once('query-error', () => proxy.refuse(true))
  const isCut = proxy.cutAfter(0)
  const ordering = enqueue(engine, order)
  await eventually(() => isCut())
  const job = await other.database<jobs.Job>('jobs').orderBy('id', 'desc').first()
  assert.ok(job && (await jobs.claim(other.database, job, 'that of the sweep')))
  proxy.refuse(false)
  assert.equal((await ordering).status, 'new')
  assert.equal((await reload(other, job)).sqs_message_id, 'that of the sweep')
})

test('of two claims of the same moment only one is won, also when an answer is lost', {
  skip
}, async t => {
  const proxy = await startProxy(t, mariadbUrl())
  const engine = await openEngine(t, proxy.url, mailing)
  const job = await recordJob(engine)
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  assert.ok(await jobs.claim(engine.database, job))
  const isCut = proxy.cutAfter(0)
  assert.equal(await jobs.claim(engine.database, job), undefined)
  assert.ok(isCut())
})

test('what the work has made is recorded when the database is back', { skip }, async t => {
  const proxy = await startProxy(t, mariadbUrl())
  const engine = await openEngine(t, proxy.url, async (_payload, tools) => {
    await tools.mail.send(mail)
    proxy.refuse(true)
    return {}
  })
  const job = await recordJob(engine)
  const attempt = perform(engine, { job: job.id, receiveCount: 1 })
  await eventually(() => proxy.refused() > 5)
  proxy.refuse(false)
  assert.equal(await attempt, 'finished')
  assert.equal((await reload(engine, job)).attempts, 1)
  assert.equal((await mails(engine)).length, 1)
})

test('a statement that waits too long for a lock is repeated, and goes on when the lock is gone', {
  skip
}, async t => {
  const engine = await openEngine(t, mariadbUrl(), mailing)
  const job = await recordJob(engine)
  const holder = await engine.database.transaction()
  await holder('jobs').where({ id: job.id }).forUpdate()
  const refused = new Promise<{ errno: number }>(resolve =>
    engine.database.once('query-error', resolve)
  )
  const cancelling = decisions.cancel(engine.database, job)
  assert.equal((await refused).errno, 1205)
  await holder.rollback()
  assert.equal(await cancelling, true)
})

for (const [error, runs] of [
  [{ errno: 1213 }, 5],
  [{ errno: 1205 }, 5],
  [{ code: 'ECONNRESET' }, 4],
  [{ errno: 1054 }, 1]
] as const)
  test(`a statement that always fails with ${JSON.stringify(error)} is run ${runs} times`, async () => {
    let count = 0
    const failing = repeated(async () => {
      count += 1
      throw Object.assign(new Error('always'), error)
    })
    await assert.rejects(failing, /always/)
    assert.equal(count, runs)
  })
