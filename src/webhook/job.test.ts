import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { openReceiver } from '../../test/receiver.ts'
import { openTeller } from '../../test/webhooks.ts'
import { perform } from '../queue/perform.ts'
import * as webhooks from '../queue/webhook.ts'
import { attemptsOf, healthOf } from '../queue/webhook-attempt.ts'
import { webhookKind } from './job.ts'
import { removeEndpoint } from './removal.ts'

onBothDatabases(url => {
  test('a delivery that fails is repeated with the same id and body, and a signature of its own time', async t => {
    const { add, run, deliveries, deliver, hurry, database } = await openTeller(t, url())
    let status = 500
    const { url: address, received } = await openReceiver(t, (_request, response) =>
      response.writeHead(status).end('<b>no</b>')
    )
    const webhook = await add({ url: address })
    await run()
    const [delivery] = await deliveries()
    assert.equal(await deliver(delivery), 'retry later')
    const [{ run_at, error, attempts }] = await deliveries()
    assert.equal(error.split('\n')[0], 'The receiver answered 500: <b>no</b>')
    assert.equal(attempts, 1)
    assert.ok(run_at > Date.now() + 3000 && run_at < Date.now() + 11_000)
    status = 204
    await hurry()
    assert.equal(await deliver(delivery), 'finished')
    const [first, second] = received
    assert.equal(first?.body, second?.body)
    assert.equal(first?.headers['webhook-id'], second?.headers['webhook-id'])
    const tries = await attemptsOf(database, delivery.id)
    assert.deepEqual(
      tries.map(({ is_ok, status }) => [is_ok, status]),
      [
        [true, 204],
        [false, 500]
      ]
    )
    const { succeededAt, failures } = await healthOf(database, webhook)
    assert.equal(failures, 1)
    assert.equal(succeededAt, Number(tries[0]?.at))
  })

  test('after sixteen attempts it fails, without a dead letter, for the operator to replay', async t => {
    const { add, run, deliveries, deliver, database } = await openTeller(t, url())
    const { url: address } = await openReceiver(t, (_request, response) =>
      response.writeHead(302, { location: '/' }).end()
    )
    await add({ url: address })
    await run()
    await database('jobs').where({ kind: 'webhook' }).update({ attempts: 15 })
    const [delivery] = await deliveries()
    assert.equal(await deliver(delivery), 'gave up')
    const [{ state, error }] = await deliveries()
    assert.equal(state, 'failed')
    assert.match(error, /^The receiver answered 302: redirects are not followed.* tried 16 times/)
  })

  test('a receiver that has too much to do says when to come again, and no attempt is counted', async t => {
    const { add, run, deliveries, deliver } = await openTeller(t, url())
    const { url: address } = await openReceiver(t, (_request, response) =>
      response.writeHead(429, { 'retry-after': '600' }).end()
    )
    await add({ url: address })
    await run()
    assert.equal(await deliver((await deliveries())[0]), 'retry later')
    const [{ attempts, run_at }] = await deliveries()
    assert.equal(attempts, 0)
    assert.ok(Math.abs(run_at - Date.now() - 600_000) < 60_000)
  })

  test('410 Gone pauses the endpoint, and its deliveries wait until it is resumed', async t => {
    const { add, run, deliveries, deliver, hurry, database } = await openTeller(t, url())
    let status = 410
    const { url: address, received } = await openReceiver(t, (_request, response) =>
      response.writeHead(status).end()
    )
    const webhook = await add({ url: address })
    await run()
    const [delivery] = await deliveries()
    assert.equal(await deliver(delivery), 'retry later')
    const [{ paused_at, paused_for }] = (await webhooks.all(database)) as [webhooks.Webhook]
    assert.ok(paused_at)
    assert.equal(paused_for, 'The receiver answered 410 Gone.')
    await hurry()
    assert.equal(await deliver(delivery), 'retry later')
    assert.equal(received.length, 1)
    assert.match((await deliveries())[0].error, /^The endpoint is paused\. The receiver answered/)
    status = 200
    await webhooks.resume(database, webhook)
    await hurry()
    assert.equal(await deliver(delivery), 'finished')
  })

  test('an endpoint goes with what waits to be sent there, and with nothing else', async t => {
    const { add, run, deliveries, database, engine } = await openTeller(t, url())
    const [going, staying] = [
      await add({ url: 'http://127.0.0.1:1/' }),
      await add({ url: 'http://127.0.0.1:2/' })
    ]
    await run()
    await run()
    assert.equal(await removeEndpoint(engine, going), true)
    assert.equal(await removeEndpoint(engine, going), false)
    const left = (await deliveries()).map(({ payload, state }) => [
      JSON.parse(payload).webhook,
      state
    ])
    assert.deepEqual(left.sort(), [
      [going.id, 'cancelled'],
      [going.id, 'cancelled'],
      [staying.id, 'waiting'],
      [staying.id, 'waiting']
    ])
    assert.equal((await webhooks.all(database)).length, 1)
  })

  test('a delivery that is under way when its endpoint is removed is given up', async t => {
    const { add, run, deliveries, deliver, database } = await openTeller(t, url())
    const webhook = await add({ url: 'http://127.0.0.1:1/' })
    await run()
    assert.equal(await webhooks.remove(database, webhook), true)
    assert.equal(await webhooks.remove(database, webhook), false)
    assert.equal(await deliver((await deliveries())[0]), 'gave up')
  })

  test('an endpoint that gives no answer is left alone for a while, so that others are not held up', async t => {
    const { add, run, deliveries, deliver, database, engine } = await openTeller(t, url())
    await add({ url: 'http://127.0.0.1:1/' })
    await run()
    await run()
    const [one, other] = await deliveries()
    assert.equal(await deliver(one), 'retry later')
    const before = Date.now() - 600_000
    await database('jobs').where({ id: other.id }).update({ waiting_at: before })
    assert.equal(await deliver(other), 'retry later')
    const [{ error }, { error: left, attempts, run_at }] = await deliveries()
    assert.ok(run_at > Date.now() + 240_000, 'the later, the longer it has waited')
    assert.match(error, /refused/)
    assert.match(left, /left alone/)
    assert.equal(attempts, 0)
    assert.equal((await attemptsOf(database, other.id)).length, 0)
    // Another process has to find out by itself.
    const elsewhere = { ...engine, kinds: [webhookKind(engine)] }
    await database('jobs').where({ id: other.id }).update({ run_at: null })
    await perform(elsewhere, { job: other.id, receiveCount: 1 })
    assert.equal((await attemptsOf(database, other.id)).length, 1)
  })

  test('a secret that is changed signs beside the old one for a day', async t => {
    const { add, database } = await openTeller(t, url())
    const webhook = await add({ url: 'http://127.0.0.1:1/' })
    const rotated = await webhooks.rotate(database, webhook)
    assert.ok(rotated)
    assert.match(rotated.secret, /^whsec_[A-Za-z0-9+/]{43}=$/)
    const now = Date.now()
    assert.deepEqual(webhooks.secretsOf(rotated, now), [rotated.secret, webhook.secret])
    assert.deepEqual(webhooks.secretsOf(rotated, now + 86_500_000), [rotated.secret])
    assert.equal(await webhooks.rotate(database, webhook), undefined, 'somebody was quicker')
  })
})
