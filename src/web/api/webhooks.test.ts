import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openApi } from '../../../test/api.ts'
import { listActions } from '../../queue/action.ts'

const url = 'https://erp.example.jp/beanline'

test('a program adds an endpoint, sees its secret once, changes it, tries it and removes it', async t => {
  const { call, make, database } = await openApi(t)
  const key = await make('webhooks')
  const body = { url: `${url} `, events: ['job.failed'], kinds: ['invoice', 'invoice'] }
  const added = await call('/webhooks', { key, body })
  assert.equal(added.status, 201)
  const { id, secret, createdAt, ...known } = added.body
  assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/)
  assert.ok(Date.parse(createdAt) > Date.now() - 60_000)
  const rest = { pausedAt: null, pausedFor: null, createdBy: 'API: ERP' }
  assert.deepEqual(known, { url, events: ['job.failed'], kinds: ['invoice'], ...rest })
  const { body: list } = await call('/webhooks', { key })
  assert.deepEqual(list, { webhooks: [{ id, createdAt, ...known }] })

  const rotated = await call(`/webhooks/${id}/rotate`, { key, body: {} })
  assert.equal(rotated.status, 200)
  assert.notEqual(rotated.body.secret, secret)
  const [row] = await database('webhooks')
  assert.deepEqual([row.secret, row.old_secret], [rotated.body.secret, secret])

  const tried = await call(`/webhooks/${id}/test`, { key, body: {} })
  assert.equal(tried.status, 202)
  const delivery = await database('jobs').where({ id: tried.body.id }).first()
  const { webhook, id: messageId, type, body: sent } = JSON.parse(delivery.payload)
  assert.deepEqual([webhook, messageId, type], [id, tried.body.webhookId, 'webhook.test'])
  assert.deepEqual(JSON.parse(sent).data, { webhook: id })

  assert.equal((await call(`/webhooks/${id}`, { key, method: 'DELETE' })).status, 200)
  assert.equal((await call(`/webhooks/${id}`, { key, method: 'DELETE' })).status, 404)
  assert.deepEqual((await call('/webhooks', { key })).body, { webhooks: [] })

  const log = (await listActions(database, {})).reverse()
  const [first, ...others] = log.map(({ details }) => JSON.parse(details as string))
  assert.deepEqual(
    log.map(({ role, name, action, outcome }) => [role, name, action, outcome].join(' ')),
    ['add', 'rotate', 'test', 'remove'].map(act => `api ERP webhook-${act} done`)
  )
  assert.deepEqual(first, { url, webhook: id })
  assert.deepEqual(others, Array(3).fill({ webhook: id }))
  for (const shown of [secret, rotated.body.secret])
    assert.ok(!JSON.stringify(log).includes(shown), 'secrets are in no log')
})

test('what is wrong with an endpoint is said field by field', async t => {
  const { call, database } = await openApi(t)
  const wrong = {
    url: [{}, { url: 'http://erp.example.jp/' }, { url: 'https://169.254.169.254/' }, { url: 7 }],
    'events.0': [{ url, events: ['job.started'] }],
    events: [{ url, events: [] }],
    kinds: [
      { url, kinds: ['webhook'] },
      { url, kinds: [] }
    ],
    secret: [{ url, secret: 'mine' }]
  }
  for (const [path, bodies] of Object.entries(wrong))
    for (const body of bodies) {
      const answer = await call('/webhooks', { body })
      assert.equal(answer.status, 422, JSON.stringify(body))
      assert.equal(answer.body.error.fields[0].path, path, JSON.stringify(body))
    }
  assert.equal((await database('webhooks')).length, 0)
})

test('without the scope, an id of ours, or room for another one, nothing is done', async t => {
  const { call, make, database } = await openApi(t)
  const key = await make('orders:write,jobs:read,jobs:act')
  for (const ask of [
    () => call('/webhooks', { key }),
    () => call('/webhooks', { key, body: { url } }),
    () => call('/webhooks/1', { key, method: 'DELETE' }),
    () => call('/webhooks/1/rotate', { key, body: {} }),
    () => call('/webhooks/1/test', { key, body: {} })
  ])
    assert.equal((await ask()).status, 403)
  for (const id of ['1', '0', 'x', '1e1', '9'.repeat(30)]) {
    assert.equal((await call(`/webhooks/${id}`, { method: 'DELETE' })).status, 404, id)
    assert.equal((await call(`/webhooks/${id}/rotate`, { body: {} })).status, 404, id)
    assert.equal((await call(`/webhooks/${id}/test`, { body: {} })).status, 404, id)
  }
  for (let n = 0; n < 20; n += 1)
    assert.equal((await call('/webhooks', { body: { url } })).status, 201)
  assert.equal((await call('/webhooks', { body: { url } })).status, 409)
  assert.equal((await database('webhooks')).length, 20)
})
