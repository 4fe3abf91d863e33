import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { onBothDatabases } from '../../test/databases.ts'
import { openReceiver } from '../../test/receiver.ts'
import { openTeller } from '../../test/webhooks.ts'
import { describe } from '../described.ts'
import { sendBack } from '../queue/decision.ts'
import { GiveUp } from '../queue/outcome.ts'
import * as webhooks from '../queue/webhook.ts'
import { attemptsOf } from '../queue/webhook-attempt.ts'

const day = 86_400_000

onBothDatabases(url => {
  test('who asked for it is told once of a job that has finished, in words that a library verifies', async t => {
    const { engine, add, run, deliveries, deliver } = await openTeller(t, url())
    const { url: address, received } = await openReceiver(t)
    const { secret, id } = await add({ url: address })
    const job = await run()
    const [delivery, ...others] = await deliveries()
    assert.equal(others.length, 0)
    assert.equal(await deliver(delivery), 'finished')
    assert.equal(received.length, 1)
    const [{ headers, body } = assert.fail()] = received
    new Webhook(secret).verify(body, headers)
    assert.match(headers['webhook-id'] ?? '', /^msg_[0-9a-f]{32}$/)
    const timestamp = new Date(job.finished_at ?? 0).toISOString()
    const data = JSON.parse(JSON.stringify(describe(engine, job)))
    assert.deepEqual(JSON.parse(body), { type: 'job.finished', timestamp, data })
    assert.equal(body.includes(job.email), false)
    const [attempt = assert.fail()] = await attemptsOf(engine.database, delivery.id)
    const { is_ok, status, said, signature } = attempt
    assert.deepEqual([is_ok, status, said], [true, 200, 'ok'])
    assert.equal(signature, headers['webhook-signature'])
    assert.equal(attempt.webhook_id, id)
    assert.equal((await deliveries()).length, 1, 'nobody is told of a delivery')
  })

  test('a process that dies before it has told anybody leaves it to the sweep, and one delivery comes of both', async t => {
    const { line, add, run, deliveries, deliver } = await openTeller(t, url())
    const { url: address, received } = await openReceiver(t)
    await add({ url: address })
    const { announcer, ...dead } = line
    await run(dead)
    assert.equal((await deliveries()).length, 0)
    assert.equal(await announcer?.catchUp(), 1)
    assert.equal(await announcer?.catchUp(), 0)
    const [delivery] = await deliveries()
    assert.equal(await deliver(delivery), 'finished')
    assert.equal(await deliver(delivery), 'duplicate')

    const job = await run(dead)
    announcer?.announce(job)
    await Promise.all([announcer?.catchUp(), announcer?.catchUp(), line.underway.ended()])
    assert.equal((await deliveries()).length, 2)
    assert.equal(received.length, 1)
  })

  test('a job that fails again after a retry is told of again', async t => {
    const { engine, line, add, run, deliveries, deliver } = await openTeller(t, url(), async () => {
      throw new GiveUp('no ink')
    })
    await add({ url: 'http://127.0.0.1:1/' })
    const job = await run()
    await sendBack(engine, job)
    assert.equal(await deliver(job), 'gave up')
    assert.equal((await deliveries()).length, 2)
    assert.equal(await line.announcer?.catchUp(), 0)
  })

  test('an endpoint hears of the events and kinds that it asked for, and of nothing before its time', async t => {
    const { line, add, run, deliveries, database } = await openTeller(t, url())
    const early = await run()
    await database('jobs')
      .where({ id: early.id })
      .update({ finished_at: Date.now() - 60_000 })
    const { id } = await add({ url: 'http://127.0.0.1:1/', kinds: ['scripted'] })
    await add({ url: 'http://127.0.0.1:1/', kinds: ['invoice'] })
    await add({ url: 'http://127.0.0.1:1/', events: ['job.failed'] })
    // Those that the process has read are a few seconds old.
    await run()
    await line.announcer?.catchUp()
    const told = (await deliveries()).map(({ payload }) => JSON.parse(payload).webhook)
    assert.deepEqual(told, [id])
  })

  test('an endpoint that was paused is told of what has ended meanwhile', async t => {
    const { line, add, run, deliveries, database } = await openTeller(t, url())
    const webhook = await add({ url: 'http://127.0.0.1:1/' })
    await webhooks.pause(database, webhook)
    const job = await run()
    const until = Date.now() - day
    await database('webhooks').update({ announced_until: until, made_at: until })
    await database('jobs')
      .where({ id: job.id })
      .update({ finished_at: until + 1000 })
    assert.equal(await line.announcer?.catchUp(), 0)
    await webhooks.resume(database, webhook)
    assert.equal(await line.announcer?.catchUp(), 1)
    assert.equal((await deliveries()).length, 1)
  })

  test('an end that comes to light after a later look is told of, by the next', async t => {
    const { line, add, run, deliveries, database } = await openTeller(t, url())
    const { announcer, ...dead } = line
    await add({ url: 'http://127.0.0.1:1/' })
    await database('webhooks').update({ made_at: Date.now() - day })
    assert.equal(await announcer?.catchUp(), 0)
    const job = await run(dead)
    // Its statement was begun before that look, and took its time.
    await database('jobs')
      .where({ id: job.id })
      .update({ finished_at: Date.now() - 60_000 })
    const { id: young } = await add({ url: 'http://127.0.0.1:1/' })
    assert.equal(await announcer?.catchUp(), 1)
    const [told, ...others] = await deliveries()
    assert.deepEqual(others, [], 'it ended before the other endpoint was made')
    assert.notEqual(JSON.parse(told.payload).webhook, young)
  })

  test('more than one page has ended since the last look, many of them at once', async t => {
    const { line, add, database } = await openTeller(t, url())
    const now = Date.now()
    await add({ url: 'http://127.0.0.1:1/', kinds: ['rare'] })
    await database('webhooks').update({ announced_until: now - day, made_at: now - day })
    const rows = Array.from({ length: 1700 }, (_, n) => ({
      ...{ token: n.toString(16).padStart(32, '0'), state: 'finished', payload: '{}', email: '' },
      ...{ language: 'ja', payload_hash: 'x', waiting_at: 1, queued_at: 1 },
      finished_at: now - 10_000 + Math.max(0, n - 1200),
      kind: n % 400 === 399 ? 'rare' : 'often'
    }))
    await database.batchInsert('jobs', rows, 40)
    assert.equal(await line.announcer?.catchUp(), 4)
    assert.equal(await line.announcer?.catchUp(), 0)
    const [row] = await database('webhooks')
    assert.ok(Number(row.announced_until) >= now)
  })

  test('without any endpoint a job costs no statement for it, but for one in five seconds', async t => {
    const { engine, line, run } = await openTeller(t, url())
    await run()
    const said: string[] = []
    engine.database.on('query', ({ sql }: { sql: string }) => said.push(sql))
    await run()
    assert.deepEqual(
      said.filter(sql => sql.includes('webhook')),
      []
    )
    assert.equal(said.length, 5, 'the order and four of the worker')
    assert.equal(await line.announcer?.catchUp(), 0)
    assert.equal(said.length, 6, 'the sweep looks once')
  })
})
