import assert from 'node:assert/strict'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import {
  GetSendQuotaCommand,
  ListIdentitiesCommand,
  MessageRejected,
  SESClient,
  SendEmailCommand
} from '@aws-sdk/client-ses'
import { openFolder } from '../../test/line.ts'
import type { StoredMail } from './mail-store.ts'
import { buildMailbox } from './ses.ts'

async function open(t: TestContext, file?: string) {
  const app = await buildMailbox(file ? { file } : {})
  const endpoint = await app.listen({ host: '127.0.0.1', port: 0 })
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const ses = new SESClient({ region: 'ap-northeast-1', endpoint, credentials })
  t.after(async () => {
    ses.destroy()
    await app.close()
  })
  const mails = async () => (await (await fetch(`${endpoint}/mails`)).json()) as StoredMail[]
  const fault = (name: string, times = 1) =>
    app.inject({ method: 'POST', url: '/faults', payload: { name, times } })
  return { app, endpoint, ses, mails, fault }
}

function mail(changes: { to?: string[]; subject?: string; html?: string } = {}) {
  const { to = ['a@example.jp'], subject = '請求書 🫘 できました', html = '<p>本文</p>' } = changes
  return new SendEmailCommand({
    Source: 'Beanline <noreply@example.jp>',
    Destination: { ToAddresses: to },
    Message: {
      Subject: { Data: subject },
      Body: { Text: { Data: '本文 & <b>' }, Html: { Data: html } }
    }
  })
}

test('a mail arrives as it was sent, for everyone it was sent to', async t => {
  const { ses, mails } = await open(t)
  const { MessageId } = await ses.send(mail({ to: ['a@example.jp', 'b@example.jp'] }))
  const [found] = await mails()
  assert.equal(found?.id, MessageId)
  assert.deepEqual(found?.to, ['a@example.jp', 'b@example.jp'])
  assert.equal(found?.subject, '請求書 🫘 できました')
  assert.equal(found?.text, '本文 & <b>')
})

test('a script in a mail does nothing in the mailbox', async t => {
  const { ses, endpoint, mails } = await open(t)
  await ses.send(mail({ subject: '<script>x</script>', html: '<script>alert(1)</script>' }))
  const page = await fetch(endpoint)
  assert.ok(!(await page.text()).includes('<script>'))
  assert.match(String(page.headers.get('content-security-policy')), /default-src 'none'/)
  const frame = await fetch(`${endpoint}/mails/${(await mails())[0]?.id}/html`)
  assert.match(String(frame.headers.get('content-security-policy')), /^sandbox /)
})

test('faults come when they are asked for, and then stop', async t => {
  const { ses, mails, fault } = await open(t)
  await fault('Throttling', 2)
  await ses.send(mail())
  assert.equal((await mails()).length, 1, 'the SDK itself has tried three times')
  await fault('503', 1)
  await ses.send(mail())
  await fault('MessageRejected')
  await assert.rejects(ses.send(mail()), error => error instanceof MessageRejected)
  assert.equal((await fault('nonsense')).statusCode, 400)
  assert.equal((await mails()).length, 2)
})

test('a fault that can’t be carried out is refused with what to send instead', async t => {
  const { app } = await open(t)
  const wrong: [object | null, RegExp][] = [
    [null, /Name a fault: Throttling, /],
    [{}, /Name a fault/],
    [{ name: 'nonsense' }, /Name a fault/],
    [{ name: 'Throttling', times: 0 }, /whole number from 1 to 1000/],
    [{ name: 'Throttling', times: 1.5 }, /whole number/],
    [{ name: 'Throttling', times: 'many' }, /whole number/]
  ]
  for (const [order, says] of wrong) {
    const headers = { 'content-type': 'application/json' }
    const payload = JSON.stringify(order)
    const answer = await app.inject({ method: 'POST', url: '/faults', headers, payload })
    assert.equal(answer.statusCode, 400, payload)
    assert.match(answer.json().error, says)
  }
  assert.equal((await app.inject({ method: 'POST', url: '/faults' })).statusCode, 400)
  assert.deepEqual((await app.inject({ url: '/faults' })).json(), [])
})

test('a mail can be accepted without the caller hearing of it', async t => {
  const { ses, mails, fault } = await open(t)
  await fault('timeout-after-accept', 3)
  await assert.rejects(ses.send(mail()))
  assert.ok((await mails()).length >= 1)
})

test('headers cannot be injected, and a mail needs a recipient', async t => {
  const { ses, mails } = await open(t)
  const wrong = [
    { subject: 'a\r\nBcc: x@example.jp' },
    { to: [] },
    { to: ['nobody'] },
    { to: ['a@b\n'] }
  ]
  for (const changes of wrong)
    await assert.rejects(ses.send(mail(changes)), { name: 'InvalidParameterValue' })
  assert.equal((await mails()).length, 0)
})

test('mails outlive the process, even when it was killed while it wrote', async t => {
  const file = join(openFolder(t), 'mails.jsonl')
  const first = await open(t, file)
  await first.ses.send(mail())
  appendFileSync(file, '{"id":"torn')
  const second = await open(t, file)
  await second.ses.send(mail({ subject: 'second' }))
  const third = await open(t, file)
  assert.deepEqual(
    (await third.mails()).map(({ subject }) => subject),
    ['second', '請求書 🫘 できました']
  )
})

test('every action gets an answer', async t => {
  const { ses } = await open(t)
  assert.ok((await ses.send(new GetSendQuotaCommand({}))).MaxSendRate)
  await assert.rejects(ses.send(new ListIdentitiesCommand({})), /no ListIdentities/)
})
