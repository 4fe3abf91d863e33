import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLine, order, post } from '../../test/line.ts'

const rules = {
  'content-security-policy':
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY'
}

test('every answer, whatever it is, forbids framing, sniffing and foreign content', async t => {
  const { webUrl } = await openLine(t)
  const { body } = await post(webUrl, order())
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const asked: [string, number, RequestInit?][] = [
    ['/', 200],
    ['/new/invoice', 200],
    ['/healthz', 200],
    ['/assets/style.css', 200],
    [`/jobs/${body.token}`, 200],
    [`/jobs/${body.token}/events`, 200],
    ['/nowhere', 404],
    ['/assets/%2e%2e/app.ts', 404],
    ['/jobs/%E0%A4%A', 400],
    [`/jobs/${'a'.repeat(200)}`, 414],
    ['/api/%E0', 400],
    ['/api/jobs/invoice', 401, { method: 'POST', body: '{}' }],
    ['/dashboard/', 401],
    ['/new/invoice', 422, { method: 'POST', headers: form, body: 'number=1' }],
    ['/new/invoice', 413, { method: 'POST', headers: form, body: 'a'.repeat(1_048_577) }],
    ['/new/invoice', 403, { method: 'POST', headers: { ...form, 'sec-fetch-site': 'cross-site' } }]
  ]
  for (const [path, status, init] of asked) {
    const response = await fetch(webUrl + path, init)
    await response.body?.cancel()
    assert.equal(response.status, status, path)
    const said = Object.keys(rules).map(name => [name, response.headers.get(name)])
    assert.deepEqual(Object.fromEntries(said), rules, path)
  }
})

test('a page holds nothing that these rules would forbid', async t => {
  const { webUrl } = await openLine(t)
  const { body } = await post(webUrl, order())
  const authorization = `Basic ${Buffer.from('x:local').toString('base64')}`
  for (const path of ['/', '/new/invoice', `/jobs/${body.token}`, '/dashboard/', '/nowhere']) {
    const page = await (await fetch(webUrl + path, { headers: { authorization } })).text()
    assert.match(page, /<\/html>$/)
    assert.doesNotMatch(
      page,
      /<script(?![^>]* src="\/assets\/)|<style|\sstyle=|\son[a-z]+="|javascript:/i
    )
    for (const [, address] of page.matchAll(/(?:src|href|action)="([^"]*)"/g))
      assert.match(address ?? '', /^[/#](?!\/)/, `${path}: ${address}`)
  }
})
