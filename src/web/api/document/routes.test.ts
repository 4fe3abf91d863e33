import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import Value from 'typebox/value'
import { openApi } from '../../../../test/api.ts'
import { recordJob } from '../../../../test/engine.ts'
import { order } from '../../../../test/line.ts'
import { kinds } from '../../../jobs/index.ts'
import { scopes } from '../../../queue/api-key.ts'
import { readOrder } from '../../../queue/order.ts'
import { storeInline } from '../../../store-upload.ts'
import type { Document, Operation } from './reading.ts'
import { components } from './schema.ts'

async function openDocument(t: TestContext) {
  const api = await openApi(t)
  const { status, body } = await api.call('/openapi.json', { key: '' })
  assert.equal(status, 200)
  const { paths } = body as Document
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation }))
  )
  return { ...api, document: body as Document, operations }
}

/** A schema with those that it refers to in their places. */
function whole(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema
  if (Array.isArray(schema)) return schema.map(whole)
  const name = '$ref' in schema && String(schema.$ref).split('/').at(-1)
  if (name) return whole(components[name as keyof typeof components])
  return Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, whole(part)]))
}

function assertFits(schema: unknown, value: unknown, what: string) {
  const errors = Value.Errors(whole(schema) as never, value)
  assert.deepEqual(errors, [], `${what}: ${JSON.stringify(value)}`)
}

function answerOf({ responses }: Operation, status: number) {
  const media = responses[status]?.content['application/json']
  assert.ok(media, `${status} is not documented`)
  return media
}

test('the document is OpenAPI 3.1, and open to those who have no key', async t => {
  const { document } = await openDocument(t)
  const { valid, errors } = await new Validator().validate(structuredClone(document) as never)
  assert.ok(valid, JSON.stringify(errors))
  assert.match((document as unknown as { openapi: string }).openapi, /^3\.1\./)
})

test('every route of the API is in the document, with the scopes that it asks for', async t => {
  const { operations, make, call } = await openDocument(t)
  const written = operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`)
  const others = [
    ...['GET /api/jobs', 'GET /api/jobs/{token}', 'GET /api/kinds', 'POST /api/uploads'],
    ...['POST /api/jobs/{token}/cancel', 'POST /api/jobs/{token}/retry'],
    ...['GET /api/webhooks', 'POST /api/webhooks', 'DELETE /api/webhooks/{id}'],
    ...['POST /api/webhooks/{id}/rotate', 'POST /api/webhooks/{id}/test']
  ]
  const ofKinds = kinds.map(({ name }) => `POST /api/jobs/${name}`)
  assert.deepEqual(written.sort(), [...ofKinds, ...others].sort())
  for (const scope of [...scopes, '']) {
    const key = await make(scope)
    for (const { path, method, operation } of operations) {
      const url = path.slice('/api'.length).replace(/\{\w+\}/, 'none')
      const more = method === 'delete' ? { method: 'DELETE' as const } : {}
      const { status } = await call(url, { key, ...more, ...(method === 'post' && { body: {} }) })
      const needed = operation.security.flatMap(one => one['key'] ?? [])
      const isLetIn = needed.length === 0 || needed.includes(scope)
      assert.equal(status !== 403, isLetIn, `${method} ${path} with ${scope}: ${status}`)
    }
  }
})

test('every answer has an example that fits its schema', async t => {
  const { operations } = await openDocument(t)
  for (const { path, operation } of operations)
    for (const [status, { content }] of Object.entries(operation.responses)) {
      const { schema, example } = content['application/json'] ?? {}
      assert.ok(example, `${path} ${status}`)
      assertFits(schema, example, `${path} ${status}`)
    }
})

test('the example of each kind fits its schema, and is an order that is taken', async t => {
  const { line, operations } = await openDocument(t)
  for (const kind of kinds) {
    const { operation } = operations.find(({ path }) => path === `/api/jobs/${kind.name}`) ?? {}
    const { schema, example } = operation?.requestBody?.content['application/json'] ?? {}
    assertFits(schema, example, kind.name)
    const body = await storeInline(line.storage, kind, example as Record<string, unknown>, 'x')
    const reading = await readOrder(kind, { language: 'ja', ...body }, line.storage)
    assert.ok('order' in reading, JSON.stringify(reading))
  }
})

test('what the API answers is as the document says', async t => {
  const api = await openDocument(t)
  const failed = await recordJob(api.line)
  const failing = { state: 'failed', error: 'Error: no ink', finished_at: 1 }
  await api.line.database('jobs').where({ id: failed.id }).update(failing)
  const reader = await api.make('jobs:read')
  const sent = await api.call('/jobs/invoice', { body: order() })
  const token = sent.body.token
  const url = 'https://erp.example.jp/'
  const { id } = (await api.call('/webhooks', { body: { url } })).body
  const calls: [string, string, Parameters<typeof api.call>[1], number][] = [
    ['orderInvoice', '/jobs/invoice', { body: order() }, 202],
    ['orderInvoice', '/jobs/invoice', { body: order({ number: '' }) }, 422],
    ['orderInvoice', '/jobs/invoice', { body: order(), key: reader }, 403],
    ['listJobs', '/jobs?limit=1', {}, 200],
    ['listJobs', '/jobs?state=lost', {}, 422],
    ['getJob', `/jobs/${token}`, {}, 200],
    ['getJob', `/jobs/${token}`, { key: 'wrong' }, 401],
    ['getJob', '/jobs/nothing', {}, 404],
    ['retryJob', `/jobs/${token}/retry`, { body: {} }, 409],
    ['retryJob', `/jobs/${failed.token}/retry`, { body: {} }, 200],
    ['cancelJob', `/jobs/${token}/cancel`, { body: {} }, 200],
    ['listKinds', '/kinds', {}, 200],
    ['addWebhook', '/webhooks', { body: { url } }, 201],
    ['addWebhook', '/webhooks', { body: { url: 'http://10.0.0.1/' } }, 422],
    ['listWebhooks', '/webhooks', {}, 200],
    ['rotateWebhook', `/webhooks/${id}/rotate`, { body: {} }, 200],
    ['testWebhook', `/webhooks/${id}/test`, { body: {} }, 202],
    ['removeWebhook', `/webhooks/${id}`, { method: 'DELETE' }, 200],
    ['removeWebhook', `/webhooks/${id}`, { method: 'DELETE' }, 404]
  ]
  for (const [id, path, call, expected] of calls) {
    const { status, body } = await api.call(path, call)
    assert.equal(status, expected, `${id} ${JSON.stringify(body)}`)
    const { operation } = api.operations.find(one => one.operation.operationId === id) ?? {}
    assertFits(answerOf(operation as Operation, status).schema, body, id)
  }
})
