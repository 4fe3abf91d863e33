import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLine, order, post } from '../../../test/line.ts'

test('the API is closed to wrong keys, and to everyone when it has none', async t => {
  const line = await openLine(t)
  const url = `${line.webUrl}/api/jobs/invoice`
  const body = JSON.stringify(order())
  for (const authorization of ['', 'Bearer wrong', 'Basic bG9jYWw=', 'Bearer'])
    assert.equal(
      (await fetch(url, { method: 'POST', body, headers: { authorization } })).status,
      401
    )
})

test('the API names every wrong field in both languages', async t => {
  const { webUrl } = await openLine(t)
  const { status, body } = await post(
    webUrl,
    order({ number: '', email: 'x', lines: [], bogus: 1 })
  )
  assert.equal(status, 422)
  const paths = body.error.fields?.map(({ path }) => path).sort()
  assert.deepEqual(paths, ['bogus', 'email', 'lines', 'number'])
  assert.ok(body.error.fields?.every(({ ja, en }) => ja && en))
})

test('hostile JSON is refused with a sentence', async t => {
  const { webUrl } = await openLine(t)
  const headers = { authorization: 'Bearer local', 'content-type': 'application/json' }
  const url = `${webUrl}/api/jobs/invoice`
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const bodies = [
    '{',
    '[]',
    '5',
    'null',
    deep,
    `{"lines":${deep}}`,
    '{"__proto__":{"a":1}}',
    '{"number":1e999}'
  ]
  for (const body of bodies) {
    const response = await fetch(url, { method: 'POST', headers, body })
    assert.ok([400, 422].includes(response.status), `${body.slice(0, 20)}: ${response.status}`)
    const answer = (await response.json()) as { error: { message: string } }
    assert.ok(answer.error.message, `${body.slice(0, 20)}: ${JSON.stringify(answer)}`)
  }
})

test('an idempotency key gives the same job again, and 409 for another order', async t => {
  const { webUrl } = await openLine(t)
  const key = { 'idempotency-key': 'order-1' }
  const posted = await Promise.all([1, 2, 3].map(() => post(webUrl, order(), key)))
  assert.equal(new Set(posted.map(({ body }) => body.token)).size, 1)
  assert.ok(posted.every(({ status }) => status === 202))
  const other = await post(webUrl, order({ number: 'other' }), key)
  assert.equal(other.status, 409)
  assert.match(other.body.error.message, /Idempotency-Key/)
})

test('the API takes JSON only, and says so', async t => {
  const { webUrl } = await openLine(t)
  const url = `${webUrl}/api/jobs/invoice`
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/xml']) {
    const headers = { authorization: 'Bearer local', 'content-type': type }
    const response = await fetch(url, { method: 'POST', headers, body: 'number=1' })
    assert.equal(response.status, 415, type)
    const { error } = (await response.json()) as { error: { message: string } }
    assert.match(error.message, /Content-Type: application\/json/)
  }
})

test('an idempotency key is the same however the client writes its other headers', async t => {
  const { webUrl } = await openLine(t)
  const { language: _, ...unspoken } = order()
  const key = { 'idempotency-key': 'order-1' }
  const first = await post(webUrl, unspoken, { ...key, 'accept-language': 'en' })
  const other = { 'accept-language': 'ja', authorization: 'bearer  local' }
  const second = await post(webUrl, unspoken, { ...key, ...other })
  assert.deepEqual([first.status, second.status], [202, 202])
  assert.equal(second.body.token, first.body.token)
})
