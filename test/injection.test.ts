import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { test } from 'node:test'
import { eventually, mails } from './engine.ts'
import { openLine, order, post, settled } from './line.ts'

const addresses = [
  'a@b.example\r\nBcc: x@evil.example',
  'a@b.example\nBcc: x@evil.example',
  'a@b.example, x@evil.example',
  'a@b.example; x@evil.example',
  'A <a@b.example>',
  '<a@b.example>',
  '"a b"@b.example',
  'a@b@evil.example',
  'a@b.example%0d%0aBcc:x@evil.example',
  'a@b',
  'a@[127.0.0.1]',
  'a@b..example',
  `${'a'.repeat(65)}@b.example`
]

test('one address is one address: what could be two, or a header, is refused', async t => {
  const { webUrl } = await openLine(t)
  for (const email of addresses) {
    const { status, body } = await post(webUrl, order({ email }))
    if (status === 202) assert.fail(`${JSON.stringify(email)} was taken`)
    assert.deepEqual(
      body.error.fields?.map(({ path }) => path),
      ['email'],
      JSON.stringify(email)
    )
  }
})

test('names and numbers with line breaks begin no header of the mail', async t => {
  const line = await openLine(t)
  const evil = '1\r\nBcc: x@evil.example\r\n\r\nBuy!'
  const { body } = await post(
    line.webUrl,
    order({ number: evil, recipient: { name: evil, honorific: '様' } })
  )
  await settled(line.webUrl, body.token)
  const sent = (await eventually(() => mails(line))) as { to: string[]; subject?: string }[]
  assert.deepEqual(
    sent.map(({ to }) => to),
    [['keiri@example.jp']]
  )
  assert.equal(sent[0]?.subject, '請求書 1 Bcc: x@evil.example Buy! ができました')
})

test('no address leads anybody away from this site', async t => {
  const { webUrl } = await openLine(t)
  const { body } = await post(webUrl, order())
  await settled(webUrl, body.token)
  const authorization = `Basic ${Buffer.from('x:local').toString('base64')}`
  const type = 'application/x-www-form-urlencoded'
  const asked: [string, string, string?][] = [
    ['GET', '//evil.example/'],
    ['GET', '/\\evil.example'],
    ['GET', '/assets//evil.example/'],
    ['GET', '/assets/..%2f..%2f//evil.example'],
    ['GET', '/?lang=en&next=//evil.example'],
    ['GET', `/jobs/${body.token}/file?url=//evil.example`],
    [
      'POST',
      `/dashboard/jobs/${body.id}/retry?state=//evil.example&before=//evil.example&done=//evil.example`
    ],
    ['POST', '/new/invoice?next=//evil.example'],
    ['GET', '/dashboard/login?next=//evil.example'],
    ['POST', '/dashboard/login?next=//evil.example', 'name=x&password=local&next=//evil.example'],
    ['POST', '/dashboard/logout?next=//evil.example']
  ]
  for (const [method, path, sent] of asked) {
    // Not `fetch`, which would tidy the path.
    const headers = { authorization, host: 'evil.example', 'content-type': type }
    const asking = request(webUrl, { method, path, headers })
    asking.end(sent)
    const [answer] = await once(asking, 'response')
    answer.resume()
    assert.match(answer.headers.location ?? '/', /^\/(?![/\\])/, path)
    assert.doesNotMatch(answer.headers.location ?? '', /evil/, path)
  }
})
