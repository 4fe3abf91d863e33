import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openPerson } from '../../test/person.ts'

const answer = 'smtp; 550 5.1.1 user unknown at mx.secret.example'

async function open(t: TestContext) {
  const person = await openPerson(t)
  const { id } = await person.job()
  const { database } = person.engine
  let told = 0
  const tell = async (event: string, type: string | null = null, job_id = id) => {
    told += 1
    const about = { message_id: `m${told}`, recipient: 'hanako@example.jp', at: Date.now() }
    await database('mail_events').insert({ ...about, event, type, answer, job_id })
  }
  return { ...person, database, tell }
}

test('the person reads that the mail came back, and gets the file all the same', async t => {
  const { see, tell } = await open(t)
  assert.doesNotMatch((await see()).body, /mail-trouble/)
  await tell('bounce', 'Permanent')
  const { body } = await see()
  assert.match(body, /The mail to h•••@example\.jp came back\. Download it here, or/)
  assert.match(body, /href="\/new\/scripted">order again with a right address/)
  assert.match(body, /\/file" download/)
  assert.doesNotMatch(body, /hanako|550|secret/, 'no more than its owner knows')
  const japanese = (await see(undefined, 'ja')).body
  assert.match(japanese, /h•••@example\.jp へのメールは届きませんでした。ここからダウンロード/)
})

test('nobody is told that somebody has complained, but that mails may not arrive', async t => {
  const { see, tell } = await open(t)
  await tell('delivery')
  await tell('complaint')
  const { body } = await see()
  assert.match(body, /Mails to h•••@example\.jp may not arrive\./)
  assert.doesNotMatch(body, /complain|unwanted|spam/i)
})

test('an absence and a mail that came in the end are no trouble', async t => {
  const { see, tell, press, database, deliver } = await open(t)
  await tell('delivery')
  await tell('bounce', 'Transient')
  assert.doesNotMatch((await see()).body, /mail-trouble/)
  await tell('bounce', 'Permanent')
  assert.match((await see()).body, /mail-trouble/)
  await press('mail-again')
  const again = await database('jobs').where({ kind: 'mail-again' }).first()
  await deliver(again)
  await tell('delivery', null, again.id)
  assert.doesNotMatch((await see()).body, /mail-trouble/)
})

test('without events, the page of the person asks nothing about them', async t => {
  const { engine, see, tell } = await open(t)
  await tell('bounce', 'Permanent')
  engine.config.MAIL_EVENTS_QUEUE_URL = ''
  const asked: string[] = []
  engine.database.on('query', ({ sql }: { sql: string }) => asked.push(sql))
  assert.doesNotMatch((await see()).body, /mail-trouble/)
  assert.ok(asked.length > 0 && !asked.some(sql => sql.includes('mail_events')))
})
