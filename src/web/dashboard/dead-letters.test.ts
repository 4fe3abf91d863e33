import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openDashboard } from '../../../test/dashboard.ts'
import { bury, buryFailed, deadCount } from '../../../test/dead-letters.ts'
import { reload } from '../../../test/engine.ts'
import { listActions } from '../../queue/action.ts'
import { examineDeadLetters } from '../../queue/dead-letter.ts'
import { strange } from '../../queue/fingerprint.ts'
import { groupsOfDeadLetters } from '../../queue/letter-list.ts'
import { advanceRedrives } from '../../queue/redrive-advance.ts'

async function open(t: TestContext) {
  const dashboard = await openDashboard(t)
  const cookie = await dashboard.session('act')
  const get = async (path = '') => (await dashboard.get(`/dead-letters/${path}`, cookie)).body
  const post = (path: string, fields?: Record<string, string>) =>
    dashboard.post(`/dead-letters/${path}`, cookie, fields)
  /** What the page says that the answer leads to. */
  const said = async (path: string, fields?: Record<string, string>) => {
    const { statusCode, headers } = await post(path, fields)
    assert.equal(statusCode, 303)
    const page = await dashboard.get(String(headers.location).replace('/dashboard', ''), cookie)
    return /<p class="notice" role="status">([^<]*)/.exec(page.body)?.[1]
  }
  return { ...dashboard, cookie, see: get, send: post, said }
}

test('a look brings what is in the queue to the page, by its errors', async t => {
  const { engine, see, said } = await open(t)
  assert.match(await see(), /There are no dead letters/)
  for (const n of [3, 14]) await buryFailed(engine, `Error: printer ${n} is on fire`)
  await bury(engine, '<script>alert(1)</script>')
  assert.match((await said('look')) ?? '', /3 seen, 0 jobs failed, 0 stale/)
  const page = await see()
  assert.match(page, /Error: printer # is on fire/)
  assert.match(page, /Messages that carry no job/)
  const groups = await groupsOfDeadLetters(engine.database)
  const strange = await see(`groups/${groups.find(({ isStrange }) => isStrange)?.fingerprint}`)
  assert.match(strange, /&lt;script&gt;alert/)
  assert.doesNotMatch(strange, /<script>alert|Redrive/)
  const id = /messages\/([\w-]+)"/.exec(strange)?.[1]
  assert.match(await see(`messages/${id}`), /&lt;script&gt;alert/)
})

test('one, ten, or all of a group are sent back', async t => {
  const { engine, line, see, said, cookie, get } = await open(t)
  for (let n = 0; n < 14; n += 1) await buryFailed(engine, `printer ${n} is on fire`)
  await examineDeadLetters(line)
  const [group] = await groupsOfDeadLetters(engine.database)
  const path = `groups/${group?.fingerprint}`
  const [, message] = /messages\/([\w-]+)"/.exec(await see(path)) ?? []
  const letter = await see(`messages/${message}`)
  assert.match(letter, /printer \d+ is on fire/)
  const [, job] = /jobs\/(\d+)"/.exec(letter) ?? []
  assert.match((await get(`/jobs/${job}`, cookie)).body, /Its message is in the dead-letter queue/)
  assert.equal(await said(`messages/${message}/redrive`), '1 sent back. ')
  assert.doesNotMatch((await get(`/jobs/${job}`, cookie)).body, /is in the dead-letter queue/)
  assert.match((await said(`messages/${message}/redrive`)) ?? '', /nothing was done/)
  assert.equal(await said(`${path}/redrive`), '10 sent back. ')
  assert.equal(await deadCount(engine), 3)
  assert.match((await said(`${path}/start`, { perMinute: '2' })) ?? '', /has begun/)
  assert.match((await said(`${path}/start`, { perMinute: '2' })) ?? '', /runs already/)
  await advanceRedrives(line)
  assert.match(await see(), /Running: 2 of 3 sent back/)
  const [{ id }] = await engine.database('redrives').select('id')
  assert.match((await said(`redrives/${id}/stop`)) ?? '', /was stopped/)
  assert.match(await see(), /Stopped by hand .*: 2 of 3/)
  const kept = await listActions(engine.database, {})
  assert.deepEqual(
    kept.map(({ action, outcome }) => `${action} ${outcome}`),
    [
      'redrive-stop done',
      'redrive-all nothing',
      'redrive-all done',
      'redrive-some done',
      'redrive done',
      'login done'
    ]
  )
  assert.equal(kept[4]?.job_id, Number(job))
})

test('a redrive that stopped by itself names the job', async t => {
  const { engine, line, see } = await open(t)
  const job = await buryFailed(engine, 'no ink')
  await examineDeadLetters(line)
  const [group] = await groupsOfDeadLetters(engine.database)
  const about = { fingerprint: group?.fingerprint, kind: 'scripted', sentence: 'no ink', name: 'x' }
  const times = { began_at: 1, advanced_at: 1, ended_at: Date.now() }
  await engine.database('redrives').insert({
    ...{ ...about, ...times, per_minute: 1, total: 9 },
    ...{ state: 'returned', returned_job_id: job.id }
  })
  for (const page of [await see(), await see(`groups/${group?.fingerprint}`)])
    assert.match(page, new RegExp(`same error came back in <a href="/dashboard/jobs/${job.id}">`))
})

test('one message, or a group, is discarded, and leaves the queue', async t => {
  const { engine, line, see, said } = await open(t)
  const [one, other] = [await buryFailed(engine, 'no ink'), await buryFailed(engine, 'no ink')]
  for (let n = 0; n < 3; n += 1) await bury(engine, `hello ${n}`)
  await examineDeadLetters(line)
  assert.equal(await said(`messages/${one.sqs_message_id}/discard`), '1 discarded. ')
  assert.equal((await reload(engine, one)).state, 'discarded')
  assert.equal((await reload(engine, other)).state, 'failed')
  const groups = await groupsOfDeadLetters(engine.database)
  for (const { fingerprint, count } of groups)
    assert.equal(await said(`groups/${fingerprint}/discard`), `${count} discarded. `)
  assert.equal((await reload(engine, other)).state, 'discarded')
  assert.equal(await deadCount(engine), 0)
  assert.match(await see(), /There are no dead letters/)
})

test('a viewer sees them and changes nothing; what is no address of ours is not found', async t => {
  const { engine, line, get, post, session, see, send } = await open(t)
  const job = await buryFailed(engine, 'no ink')
  await examineDeadLetters(line)
  const viewer = await session('look')
  const page = (await get('/dead-letters/', viewer)).body
  const [group] = await groupsOfDeadLetters(engine.database)
  const inside = (await get(`/dead-letters/groups/${group?.fingerprint}`, viewer)).body
  assert.match(page, /no ink/)
  assert.doesNotMatch(page + inside, /method="post" action="\/dashboard\/dead-letters/)
  for (const path of ['look', `messages/${job.sqs_message_id}/discard`])
    assert.equal((await post(`/dead-letters/${path}`, viewer)).statusCode, 403)
  assert.equal((await reload(engine, job)).state, 'failed')
  for (const path of ['groups/x', 'messages/x', "groups/' OR '1'='1", `groups/${'0'.repeat(15)}`])
    assert.match(await see(encodeURI(path)), /no page|not found|There is no/i, path)
  for (const path of ['messages/x/burn', 'groups/x/burn', 'redrives/x/stop', 'groups/x/start'])
    assert.equal((await send(path)).statusCode, 404, path)
  for (const perMinute of ['0', '-1', '1e3', '1001', ''])
    assert.equal((await send(`groups/${group?.fingerprint}/start`, { perMinute })).statusCode, 404)
})

test('a group that is too large to be counted or discarded at once says so', async t => {
  const { engine, see } = await open(t)
  const { fingerprint } = strange
  const rows = Array.from({ length: 10_001 }, (_, index) => ({
    ...{ message_id: `m${index}`, fingerprint, kind: '', sentence: '', body: 'x', handle: 'x' },
    ...{ receives: 5, sent_at: 1, first_seen_at: 1, last_seen_at: Date.now() }
  }))
  await engine.database.batchInsert('dead_letters', rows.slice(0, 200), 50)
  assert.doesNotMatch(await see(), /were counted/)
  assert.match(await see(`groups/${fingerprint}`), /<button>Discard all</)
  await engine.database.batchInsert('dead_letters', rows.slice(200), 50)
  assert.match(await see(), /Of all the messages 10,000 were counted/)
  assert.match(await see(`groups/${fingerprint}`), /<button>Discard the first 200</)
})

test('who acts on what is gone meanwhile is told so', async t => {
  const { engine, line, see, said } = await open(t)
  const path = `groups/${'0'.repeat(16)}`
  for (const action of ['start', 'redrive', 'discard'])
    assert.match((await said(`${path}/${action}`, { perMinute: '1' })) ?? '', /nothing was done/)
  await bury(engine, 'hello')
  await examineDeadLetters(line)
  const without = `groups/${strange.fingerprint}/start`
  assert.match((await said(without, { perMinute: '1' })) ?? '', /nothing was done/)
  assert.match(await see('messages/x'), /Message not found.*under Dead letters/s)
})
