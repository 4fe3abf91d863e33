import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readLocalConfig } from '../src/config.ts'
import { startLine } from '../src/local/line.ts'
import { openLog } from '../src/log.ts'
import { eventually } from './engine.ts'
import { openFolder, order, post, settled } from './line.ts'

const ports = { PORT: '0', WORKER_PORT: '0', MAILBOX_PORT: '0', AWS_PORT: '0' }

/** What must be in no log: whom it is for, what it says, and what opens it. */
const secrets = {
  email: 'himitsu.hanako@secret-shop.example',
  number: '秘密番号-4711',
  note: 'naisho no hanashi',
  recipient: '極秘商店',
  key: 'wrong-key-of-somebody',
  password: 'wrong-password-of-somebody'
}

test('the log of the whole line tells nothing of whom and what the jobs are for', async t => {
  const lines: string[] = []
  const log = openLog({ level: 'trace' }, { write: line => lines.push(line) })
  const line = await startLine(readLocalConfig({ ...ports, DATA_DIR: openFolder(t) }), log)
  t.after(() => line.close())
  const { email, number, note, recipient } = secrets
  const body = order({ email, number, note, recipient: { name: recipient, honorific: '御中' } })

  const good = await post(line.webUrl, body)
  await settled(line.webUrl, good.body.token)
  await fetch(`${good.body.url}/file`)
  await fetch(`${good.body.url}/events`)

  await fault(line.mailboxUrl, 'MessageRejected')
  const refused = await post(line.webUrl, { ...body, note: `${note} 2` })
  assert.equal((await settled(line.webUrl, refused.body.token)).state, 'failed')

  await line.line.database.raw(
    "CREATE TRIGGER refuse BEFORE INSERT ON jobs BEGIN SELECT RAISE(ABORT, 'no more'); END"
  )
  const failed = await post(line.webUrl, body)
  const message = 'Something went wrong; try again.'
  assert.deepEqual([failed.status, failed.body], [500, { error: { message } }])
  await probe(line.webUrl)
  await eventually(() => lines.some(text => text.includes('"statusCode":403')))

  const text = lines.join('')
  for (const message of ['job finished', 'job failed', 'request failed', 'incoming request'])
    assert.ok(text.includes(`"msg":"${message}"`), message)
  assert.match(text, /SQL: no more/)
  assert.ok(lines.every(text => JSON.parse(text)))
  for (const [name, secret] of Object.entries({ ...secrets, token: good.body.token }))
    assert.ok(!text.includes(secret) && !text.includes(encodeURIComponent(secret)), name)
  assert.doesNotMatch(text, /himitsu|secret-shop/)
})

test('mail addresses are taken out of any line, and the line stays whole', () => {
  const lines: string[] = []
  const log = openLog({}, { write: line => lines.push(line) })
  log.info(
    { to: 'a@b.example', list: ['"x\\"@b.example'] },
    'to\nhanako@b.example\tand ほげa%40b.example.'
  )
  const [line = ''] = lines
  assert.equal(JSON.parse(line).msg, 'to\n[mail address]\tand ほげ[mail address].')
  assert.doesNotMatch(line, /hanako|a@b|a%40b/)
})

async function fault(mailboxUrl: string, name: string) {
  const headers = { 'content-type': 'application/json' }
  const message = `Email address is not verified: ${secrets.email}`
  const body = JSON.stringify({ name, times: 1, message })
  await fetch(`${mailboxUrl}/faults`, { method: 'POST', headers, body })
}

/** What strangers send who do not get in. */
async function probe(webUrl: string) {
  const { email, number, key, password } = secrets
  const basic = Buffer.from(`x:${password}`).toString('base64')
  const query = `?email=${encodeURIComponent(email)}&name=${encodeURIComponent(number)}`
  await fetch(`${webUrl}/api/uploads${query}`, { headers: { authorization: `Bearer ${key}` } })
  await fetch(`${webUrl}/dashboard/${query}`, { headers: { authorization: `Basic ${basic}` } })
  const form = new URLSearchParams({ email, number })
  await fetch(`${webUrl}/new/invoice`, { method: 'POST', body: form })
  const headers = { 'sec-fetch-site': 'cross-site' }
  await fetch(`${webUrl}/new/invoice`, { method: 'POST', body: form, headers })
}
