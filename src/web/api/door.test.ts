import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openApi } from '../../../test/api.ts'
import { onBothDatabases } from '../../../test/databases.ts'
import { order } from '../../../test/line.ts'
import type { Database } from '../../database.ts'
import * as keys from '../../queue/api-key.ts'

const openOf = async (database: Database) =>
  (await keys.openOf(database, 'ERP')) as [keys.ApiKey, ...keys.ApiKey[]]

onBothDatabases(url => {
  test('a key does what its scopes say, and is told what it lacks', async t => {
    const { call, make } = await openApi(t, url())
    const { token } = (await call('/jobs/invoice', { body: order() })).body
    const routes: [string, object | undefined, string[]][] = [
      ['/jobs/report', {}, ['orders:write']],
      ['/jobs', undefined, ['jobs:read']],
      [`/jobs/${token}`, undefined, ['orders:write', 'jobs:read']],
      [`/jobs/${token}/retry`, {}, ['jobs:act']],
      [`/jobs/${token}/cancel`, {}, ['jobs:act']],
      ['/uploads', {}, ['orders:write']],
      ['/kinds', undefined, [...keys.scopes, '']]
    ]
    for (const scope of [...keys.scopes, '']) {
      const key = await make(scope)
      for (const [path, body, needed] of routes) {
        const { status, body: said } = await call(path, { key, ...(body && { body }) })
        assert.equal(status !== 403, needed.includes(scope), `${scope} ${path}: ${status}`)
        if (status === 403) assert.match(said.error.message, /needs a key with the scope \w+:\w+/)
      }
    }
  })

  test('keys that are revoked, expired or unknown are closed, each with its reason', async t => {
    const { call, make, database } = await openApi(t, url())
    const revoked = await make('jobs:read')
    await keys.revoke(database, await openOf(database))
    const closed: [string, RegExp][] = [
      [revoked, /was revoked/],
      [await make('jobs:read', { expires_at: Date.now() - 1 }), /has expired/],
      [`bl_${'0'.repeat(48)}`, /Send a valid key/],
      ['', /Send a valid key/]
    ]
    for (const [key, reason] of closed) {
      const { status, body, headers } = await call('/jobs', { key })
      assert.equal(status, 401)
      assert.match(body.error.message, reason)
      assert.equal(headers['www-authenticate'], 'Bearer')
    }
  })

  test('a revoked key is closed after five seconds at the latest', async t => {
    const { call, make, database } = await openApi(t, url())
    const key = await make('jobs:read')
    assert.equal((await call('/jobs', { key })).status, 200)
    await keys.revoke(database, await openOf(database))
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 5001 })
    assert.equal((await call('/jobs', { key })).status, 401)
  })

  test('an order with a key of the database costs no statement more', async t => {
    const { call, make, database, line } = await openApi(t, url())
    const key = await make('orders:write')
    await call('/kinds', { key })
    await line.underway.ended()
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const said: string[] = []
    database.on('query', ({ sql }: { sql: string }) => said.push(sql.split(' ', 1)[0] ?? ''))
    for (let count = 0; count < 3; count += 1) {
      assert.equal((await call('/jobs/invoice', { key, body: order() })).status, 202)
      await line.underway.ended()
    }
    assert.deepEqual(said, ['insert', 'update', 'insert', 'update', 'insert', 'update'])
  })

  test('a crowd that comes with one key at once looks it up once', async t => {
    const { call, make, database } = await openApi(t, url())
    const key = await make('orders:write')
    let looks = 0
    database.on('query', ({ sql }: { sql: string }) => {
      if (/^select.*api_keys/.test(sql)) looks += 1
    })
    await Promise.all(Array.from({ length: 50 }, () => call('/kinds', { key })))
    assert.equal(looks, 1)
  })

  test('each key has its own limit, wherever it comes from, and is told how much is left', async t => {
    const { call, make } = await openApi(t, url())
    const [key, other] = [await make('', { per_minute: 2 }), await make('', { per_minute: 2 })]
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const from = (address: string) => ({ key, headers: { 'x-forwarded-for': address } })
    const { headers } = await call('/kinds', from('203.0.113.7'))
    assert.deepEqual(
      [headers['ratelimit-limit'], headers['ratelimit-remaining'], headers['ratelimit-reset']],
      ['2', '1', '60']
    )
    assert.equal((await call('/kinds', from('203.0.113.8'))).status, 200)
    const refused = await call('/kinds', from('203.0.113.9'))
    assert.equal(refused.status, 429)
    assert.equal(refused.headers['retry-after'], '60')
    assert.match(refused.body.error.message, /2 requests a minute/)
    assert.equal((await call('/kinds', { key: other })).status, 200)
  })

  test('an idempotency key means the same after a rotation, and another thing to another program', async t => {
    const { call, make, database } = await openApi(t, url())
    const headers = { 'idempotency-key': 'order-1' }
    const send = async (key: string) =>
      (await call('/jobs/invoice', { key, headers, body: order() })).body.token
    const first = await send(await make('orders:write'))
    const { secret } = await keys.rotate(database, await openOf(database), Date.now(), null)
    assert.equal(await send(secret), first)
    assert.notEqual(await send(await make('orders:write', { name: 'Shop' })), first)
  })
})
