import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { readConfig } from './config.ts'
import type { StoredMail } from './local/mail-store.ts'
import { buildMailbox } from './local/ses.ts'
import { type Message, openMail } from './mail.ts'
import { readSesMessage } from './ses-event.ts'

const message: Message = {
  to: 'hanako@example.jp',
  subject: '請求書ができました',
  text: '本文',
  html: '<p>本文</p>'
}

/** Sends a mail through the stand-in for SES; gives it as it arrived. */
async function sent(t: TestContext, from: string, changes: Partial<Message> = {}) {
  const mailbox = await buildMailbox({})
  const endpoint = await mailbox.listen({ host: '127.0.0.1', port: 0 })
  const mail = openMail(configWith(from, endpoint))
  t.after(async () => {
    mail.close()
    await mailbox.close()
  })
  await mail.send({ ...message, ...changes })
  const [arrived] = (await (await fetch(`${endpoint}/mails`)).json()) as StoredMail[]
  return arrived as StoredMail
}

function configWith(from: string, endpoint: string) {
  return readConfig({
    DATABASE_URL: 'sqlite::memory:',
    QUEUE_URL: 'http://127.0.0.1/queue',
    STORAGE_URL: 'file:unused',
    PUBLIC_URL: 'http://beanline.example',
    MAIL_FROM: from,
    AWS_ENDPOINT_URL_SES: endpoint
  })
}

/** The encoded words of a sender, and its address. */
function partsOf(from: string) {
  const [, words = '', address] = /^(.*) <(.+)>$/.exec(from) ?? []
  return { words: words.split(' '), address }
}

function decoded(word: string) {
  const [, base64 = ''] = /^=\?UTF-8\?B\?([A-Za-z0-9+/=]+)\?=$/.exec(word) ?? []
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'))
}

test('a line break in a subject begins no other header', async t => {
  const subject = '請求書\r\nBcc: x@example.jp\u2028\u0000できました\n'
  const { subject: arrived } = await sent(t, 'noreply@example.jp', { subject })
  assert.equal(arrived, '請求書 Bcc: x@example.jp できました')
})

test('no mail is lost to a connection that SES closes just as it is used again', async t => {
  const mailbox = await buildMailbox({})
  const used = new Set<Socket>()
  mailbox.server.prependListener('request', ({ socket }) => {
    if (used.has(socket)) socket.destroy()
    used.add(socket)
  })
  const mail = openMail(
    configWith('noreply@example.jp', await mailbox.listen({ host: '127.0.0.1', port: 0 }))
  )
  t.after(async () => {
    mail.close()
    await mailbox.close()
  })
  for (let count = 0; count < 3; count += 1) await mail.send(message)
  assert.equal(used.size, 3)
})

test('a sender in ASCII goes as it is', async t => {
  for (const from of ['noreply@example.jp', 'Beanline <noreply@example.jp>'])
    assert.equal((await sent(t, from)).from, from)
})

test('a Japanese name goes as an encoded word', async t => {
  const { from } = await sent(t, '豆屋 <noreply@example.jp>')
  assert.equal(from, '=?UTF-8?B?6LGG5bGL?= <noreply@example.jp>')
})

test('a long name goes as several encoded words, each of whole characters', async t => {
  const names = [
    '株式会社𠮷野家珈琲'.repeat(12),
    `${'豆'.repeat(14)}𠮷`,
    '豆 の '.repeat(20).trim()
  ]
  for (const name of names) {
    const { words, address } = partsOf((await sent(t, `${name} <noreply@example.jp>`)).from)
    assert.equal(address, 'noreply@example.jp')
    assert.ok(words.length > 1)
    for (const word of words) assert.ok(word.length <= 75, word)
    assert.equal(words.map(decoded).join(''), name)
  }
})

test('a mail names its job to SES, and only where its events are published', async t => {
  const published: string[] = []
  const publish = async (body: string) => published.push(body)
  const mailbox = await buildMailbox({ publish })
  const endpoint = await mailbox.listen({ host: '127.0.0.1', port: 0 })
  const config = configWith('noreply@example.jp', endpoint)
  const [silent, telling] = [config, { ...config, MAIL_CONFIGURATION_SET: 'beanline' }].map(
    openMail
  )
  t.after(async () => {
    silent?.close()
    telling?.close()
    await mailbox.close()
  })
  await silent?.send(message, 7)
  assert.deepEqual(published, [])
  const sent = await telling?.send(message, 42)
  await telling?.send(message)
  const [first, second] = published.map(readSesMessage)
  assert.deepEqual([first?.job, first?.messageId], [42, sent?.messageId])
  assert.deepEqual([second?.job, second?.events[0]?.event], [undefined, 'delivery'])
})
