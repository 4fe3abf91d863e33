import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mails } from '../../test/engine.ts'
import { openPerson } from '../../test/person.ts'
import type { Job } from '../queue/job.ts'

const minute = 60_000

async function open(t: Parameters<typeof openPerson>[0]) {
  const person = await openPerson(t)
  const { database } = person.engine
  const again = async () => await database<Job>('jobs').where({ kind: 'mail-again' }).orderBy('id')
  /** As a minute does that goes by. */
  const pass = async () =>
    await database('jobs')
      .where({ kind: 'mail-again' })
      .update({ waiting_at: database.raw('waiting_at - ?', [minute + 1]) })
  return { ...person, again, pass }
}

test('the mail is sent again to the same address only, with the same link', async t => {
  const { engine, path, press, again, deliver, see } = await open(t)
  assert.match((await see()).body, /h•••@example\.jp/)
  assert.equal((await press('mail-again')).statusCode, 303)
  assert.match((await see()).body, /On its way/)
  for (const job of await again()) assert.equal(await deliver(job), 'finished')
  for (const job of await again()) assert.equal(await deliver(job), 'duplicate')
  const sent = (await mails(engine)) as unknown as { to: string[]; text: string }[]
  assert.deepEqual(
    sent.map(({ to }) => to),
    [['hanako@example.jp']]
  )
  assert.ok(sent[0]?.text.includes(`http://beanline.example${path}\n`))
  assert.match(String(sent[0]?.text), /もう一度お送りします/)
  assert.match((await see()).body, /Sent again/)
})

test('it is sent again once a minute, and three times in all', async t => {
  const { press, again, pass, see } = await open(t)
  await Promise.all([press('mail-again'), press('mail-again')])
  assert.equal((await again()).length, 1, 'at once')
  await press('mail-again')
  assert.equal((await again()).length, 1, 'within a minute')
  assert.match((await see()).body, /in a minute/)
  for (const count of [2, 3]) {
    await pass()
    await press('mail-again')
    assert.equal((await again()).length, count)
  }
  await pass()
  await press('mail-again')
  assert.equal((await again()).length, 3)
  assert.match((await see()).body, /three times at most/)
})

test('no mail tells of a link that is closed, nor of a job that is not finished', async t => {
  const { press, again, change } = await open(t)
  for (const columns of [{ revoked_at: 1 }, { revoked_at: null, state: 'failed' as const }]) {
    await change(columns)
    await press('mail-again')
    assert.equal((await again()).length, 0)
  }
})

test('nobody orders such a mail by form or API', async t => {
  const { web } = await open(t)
  assert.equal((await web.inject('/new/mail-again')).statusCode, 404)
  assert.doesNotMatch((await web.inject('/')).body, /mail-again/)
})
