import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { buryFailed } from '../../test/dead-letters.ts'
import { eventually, openEngine, recordJob, reload } from '../../test/engine.ts'
import { openFolder } from '../../test/line.ts'
import type { Kind } from '../queue/kind.ts'
import { groupsOfDeadLetters, type LetterGroup } from '../queue/letter-list.ts'
import { GiveUp, RetryLater } from '../queue/outcome.ts'
import { startRedrive } from '../queue/redrive-order.ts'
import { buildWorker } from './app.ts'

const sqsd = {
  'user-agent': 'aws-sqsd/3.0.5',
  'content-type': 'application/json',
  'x-aws-sqsd-receive-count': '1'
}

async function open(
  t: TestContext,
  work: Kind['perform'] = async () => ({}),
  url = 'sqlite::memory:'
) {
  const engine = await openEngine(t, url, work)
  const app = buildWorker(engine)
  t.after(() => app.close())
  const post = async (payload: string, headers: object = {}, url = '/') => {
    const response = await app.inject({
      method: 'POST',
      url,
      payload,
      headers: { ...sqsd, ...headers }
    })
    return response.statusCode
  }
  return { engine, app, post }
}

const fails = (error: Error) => async () => {
  throw error
}

const table: [string, Kind['perform'], object, number, string][] = [
  ['finished work', async () => ({}), {}, 200, 'finished'],
  ['GiveUp', fails(new GiveUp('never')), {}, 200, 'failed'],
  ['RetryLater', fails(new RetryLater(30, 'later')), {}, 200, 'retrying'],
  ['any other error', fails(new Error('oops')), {}, 500, 'retrying'],
  [
    'any other error on the last receive',
    fails(new Error('oops')),
    { 'x-aws-sqsd-receive-count': '5' },
    500,
    'failed'
  ]
]
for (const [what, work, headers, status, state] of table)
  test(`${what} is answered with ${status} and leaves the job ${state}`, async t => {
    const { engine, post } = await open(t, work)
    const job = await recordJob(engine)
    assert.equal(await post(JSON.stringify({ job: job.id }), headers), status)
    assert.equal((await reload(engine, job)).state, state)
  })

test('a duplicate is answered with 200, one of a job in work with 409, and changes nothing', async t => {
  let release = () => {}
  const gate = new Promise<void>(resolve => {
    release = resolve
  })
  const { engine, post } = await open(t, async () => {
    await gate
    return {}
  })
  const job = await recordJob(engine)
  const body = JSON.stringify({ job: job.id })
  const first = post(body)
  await eventually(async () => (await reload(engine, job)).state === 'running')
  const row = await reload(engine, job)
  const again = { 'x-aws-sqsd-receive-count': '5', 'x-aws-sqsd-msgid': 'another' }
  assert.equal(await post(body, again), 409)
  assert.deepEqual(await reload(engine, job), row)
  release()
  assert.equal(await first, 200)
  assert.equal(await post(body), 200)
})

test('a job remembers the message that brought it', async t => {
  const { engine, post } = await open(t)
  const job = await recordJob(engine)
  await post(JSON.stringify({ job: job.id }), { 'x-aws-sqsd-msgid': 'its message' })
  assert.equal((await reload(engine, job)).sqs_message_id, 'its message')
})

test('what is no message of ours is refused', async t => {
  const { post } = await open(t)
  assert.equal(await post('{"job": 4711}'), 404)
  for (const body of ['', '{', '5', '"x"', '{"job":"1"}', '{"job":1.5}', '[]', 'null'])
    assert.equal(await post(body), 400, body)
})

test('a tick with an empty body and a JSON content type runs its task', async t => {
  const { post } = await open(t)
  assert.equal(await post('', {}, '/cron/sweep'), 200)
  assert.equal(await post('', {}, '/cron/toString'), 404)
})

test('ticks look through the dead letters, and carry a redrive on', async t => {
  const { engine, post } = await open(t)
  const { id } = await buryFailed(engine, 'No ink.')
  assert.equal(await post('', {}, '/cron/dead-letter'), 200)
  const [group] = await groupsOfDeadLetters(engine.database)
  await startRedrive(engine.database, group as LetterGroup, { perMinute: 1, name: '花子' })
  assert.equal(await post('', {}, '/cron/sweep'), 200)
  assert.equal((await engine.database('jobs').where({ id }).first()).state, 'waiting')
  const tick = await engine.database('ticks').where({ task: 'sweep' }).first()
  assert.equal(JSON.parse(tick.result).redriven, 1)
})

test('a tick that comes twice runs once, and one that is too late not at all', async t => {
  const { engine, post } = await open(t)
  const at = (seconds: number) => {
    const time = new Date(Date.now() - seconds * 1000).toISOString()
    return { 'x-aws-sqsd-scheduled-at': time.replace(/\.\d+/, '') }
  }
  const now = at(0)
  assert.equal(await post('', now, '/cron/sweep'), 200)
  assert.equal(await post('', now, '/cron/sweep'), 200)
  assert.equal(await post('', at(3600), '/cron/sweep'), 200)
  const states = await engine.database('ticks').orderBy('scheduled_at').pluck('state')
  assert.deepEqual(states, ['skipped', 'done'])
})

test('a tick that another worker is at is answered with 409, to come again', async t => {
  const { engine, post } = await open(t)
  const scheduled_at = Math.floor(Date.now() / 1000) * 1000
  const row = { task: 'sweep', scheduled_at, state: 'running', began_at: 1 }
  await engine.database('ticks').insert({ ...row, lease_until: Date.now() + 60_000 })
  const at = { 'x-aws-sqsd-scheduled-at': new Date(scheduled_at).toISOString() }
  assert.equal(await post('', at, '/cron/sweep'), 409)
})

test('any MimeType and bodies of up to 1 MiB are taken', async t => {
  const { engine, post } = await open(t)
  const id = (await recordJob(engine)).id
  const whole = JSON.stringify({ job: id }).padEnd(1_048_576)
  for (const type of ['application/x-www-form-urlencoded', 'application/xml', 'text/plain'])
    assert.equal(await post(whole, { 'content-type': type }), 200, type)
  assert.equal(await post(`${whole} `), 413)
})

test('nobody but sqsd gets in', async t => {
  const { engine, post } = await open(t)
  const job = await recordJob(engine)
  const body = JSON.stringify({ job: job.id })
  assert.equal(await post(body, { 'user-agent': 'curl/8' }), 403)
  assert.equal(await post(body, { 'user-agent': 'x aws-sqsd/3' }), 403)
  assert.equal(await post(body, { 'x-forwarded-for': '203.0.113.7' }), 403)
  assert.equal(await post(body, { 'user-agent': 'aws-sqsd-not/3' }), 403)
  for (const from of ['203.0.113.7, 127.0.0.1', '127.0.0.1.evil.example', '::ffff:203.0.113.7'])
    assert.equal(await post(body, { 'x-forwarded-for': from }), 403, from)
  assert.equal(await post('', { 'user-agent': 'curl/8' }, '/cron/sweep'), 403)
  assert.equal((await reload(engine, job)).state, 'waiting')
  assert.equal(await post(body, { 'x-forwarded-for': '127.0.0.1' }), 200, 'nginx on this machine')
})

test('work that blocks its worker keeps its lease', async t => {
  const held: number[] = []
  const url = `sqlite:${join(openFolder(t), 'test.sqlite')}`
  const block = async () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 14_000)
    const { lease_until, started_at } = await reload(engine, job)
    held.push(((lease_until ?? 0) - (started_at ?? 0)) / 1000)
    return {}
  }
  const { engine, post } = await open(t, block, url)
  const job = await recordJob(engine)
  assert.equal(await post(JSON.stringify({ job: job.id })), 200)
  const [seconds = 0] = held
  assert.ok(seconds > 39 && seconds < 44, `${seconds} s: not renewed in the meantime`)
})
