import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { headersOf } from './signature.ts'

const secret = (letter: string) => `whsec_${Buffer.from(letter.repeat(32)).toString('base64')}`
const body = '{"type":"job.finished","data":{"name":"髙﨑商店"}}'

test('a library of Standard Webhooks verifies what is signed', () => {
  const headers = headersOf({ id: 'msg_1', at: Date.now(), body }, [secret('a')])
  assert.deepEqual(new Webhook(secret('a')).verify(body, headers), JSON.parse(body))
  assert.throws(() => new Webhook(secret('b')).verify(body, headers), /signature/i)
  assert.throws(() => new Webhook(secret('a')).verify(`${body} `, headers), /signature/i)
})

test('while a secret is changed, the receiver may have the old or the new one', () => {
  const headers = headersOf({ id: 'msg_1', at: Date.now(), body }, [secret('b'), secret('a')])
  for (const letter of ['a', 'b'])
    assert.ok(new Webhook(secret(letter)).verify(body, headers), letter)
})

test('a message of ten minutes ago is refused by the library, which goes by the attempt', () => {
  const at = Date.now() - 600_000
  const headers = headersOf({ id: 'msg_1', at, body }, [secret('a')])
  assert.throws(() => new Webhook(secret('a')).verify(body, headers), /old/i)
})

test('so do the lines of docs/api.md, which refuse a changed body, another secret and an old message', async () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8')
  const [, code = ''] = /```js\n(import .*?export function verify.*?)```/s.exec(text) ?? []
  const { verify } = await import(`data:text/javascript,${encodeURIComponent(code)}`)
  const headers = headersOf({ id: 'msg_1', at: Date.now(), body }, [secret('b'), secret('a')])
  for (const letter of ['a', 'b']) assert.equal(verify(headers, body, secret(letter)), true)
  assert.equal(verify(headers, `${body} `, secret('a')), false)
  assert.equal(verify(headers, body, secret('c')), false)
  const old = headersOf({ id: 'msg_1', at: Date.now() - 600_000, body }, [secret('a')])
  assert.equal(verify(old, body, secret('a')), false)
})
