import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { pino } from 'pino'
import { onBothDatabases } from '../../test/databases.ts'
import { type Engine, eventually, mails, openEngine, recordJob, reload } from '../../test/engine.ts'
import { hurry } from '../../test/hurry.ts'
import * as jobs from './job.ts'
import type { Kind, Tools } from './kind.ts'
import { GiveUp } from './outcome.ts'
import { perform } from './perform.ts'

const last = (job: jobs.Job) => ({ job: job.id, receiveCount: 5 })
const file = { key: 'a.pdf', name: '請求書.pdf', bytes: 3 }
const stopped = new Error('The worker is stopping.')
const mail = { to: 'hanako@example.jp', subject: 'できました', text: 'text', html: '<p>html</p>' }
const forever = () => new Promise<never>(() => {})

onBothDatabases(url => {
  const open = (t: TestContext, work: Kind['perform']) => openEngine(t, url(), work)

  test('an interrupted attempt is no failure, even on the last receive', async t => {
    const stopping = new AbortController()
    const engine = await open(t, async (_payload, { job }) => {
      stopping.abort(stopped)
      job.signal.throwIfAborted()
      return {}
    })
    const job = await recordJob(engine)
    const lines: { msg: string; level: number; err?: object }[] = []
    const log = pino({}, { write: line => lines.push(JSON.parse(line)) })
    const place = { stopping: stopping.signal }
    assert.equal(await perform({ ...engine, log }, last(job), place), 'handed back')
    const { state, attempts, sqs_message_id, error } = await reload(engine, job)
    assert.deepEqual([state, attempts, sqs_message_id], ['retrying', 0, null])
    assert.equal(error, 'The worker is stopping.')
    const { msg, level, err } = lines.at(-1) ?? assert.fail('nothing logged')
    assert.deepEqual([msg, level, err], ['job handed back; the worker stops', 30, undefined])
  })

  test('GiveUp fails the job although the worker stops', async t => {
    const stopping = new AbortController()
    const engine = await open(t, async () => {
      stopping.abort(stopped)
      throw new GiveUp('There is no such customer.')
    })
    const job = await recordJob(engine)
    assert.equal(await perform(engine, last(job), { stopping: stopping.signal }), 'gave up')
    assert.equal((await reload(engine, job)).state, 'failed')
  })

  test('work that finishes after the order to stop is recorded', async t => {
    const stopping = new AbortController()
    const engine = await open(t, async () => {
      stopping.abort(stopped)
      await reload(engine, job)
      return { file }
    })
    const job = await recordJob(engine)
    assert.equal(await perform(engine, last(job), { stopping: stopping.signal }), 'finished')
    assert.equal((await reload(engine, job)).file_key, 'a.pdf')
  })

  test('work that ignores the order to stop can not hold its attempt', async t => {
    const stopping = new AbortController()
    const engine = await open(t, async () => {
      stopping.abort(stopped)
      return await forever()
    })
    const job = await recordJob(engine)
    skipGrace(t)
    assert.equal(await perform(engine, last(job), { stopping: stopping.signal }), 'handed back')
    assert.equal((await reload(engine, job)).state, 'retrying')
  })

  test('work that goes on after its attempt has ended sends no mail', async t => {
    const stopping = new AbortController()
    const gate = Promise.withResolvers<void>()
    const late = Promise.withResolvers<Error>()
    const engine = await open(t, async (_payload, tools) => {
      stopping.abort(stopped)
      await gate.promise
      await tools.mail.send(mail).catch(late.resolve)
      return {}
    })
    const job = await recordJob(engine)
    skipGrace(t)
    assert.equal(await perform(engine, last(job), { stopping: stopping.signal }), 'handed back')
    gate.resolve()
    assert.match((await late.promise).message, /The attempt is over; its mail is left to the next/)
    assert.deepEqual(await mails(engine), [])
    assert.deepEqual(await engine.database('effects'), [])
  })

  test('an attempt that is ended while its mail is on the way waits for the receipt', async t => {
    const stopping = new AbortController()
    const engine = await open(t, async (_payload, tools) => {
      await tools.mail.send(mail)
      return await forever()
    })
    const wait = skipGrace(t)
    const send: Engine['mail']['send'] = async message => {
      stopping.abort(stopped)
      // The grace is over at once; then the attempt ends, unless it waits.
      await new Promise(resolve => wait(resolve, 100))
      return await engine.mail.send(message)
    }
    const job = await recordJob(engine)
    const line = { ...engine, mail: { ...engine.mail, send } }
    assert.equal(await perform(line, last(job), { stopping: stopping.signal }), 'handed back')
    const [{ receipt, done_at }] = await engine.database('effects')
    assert.ok(done_at && JSON.parse(receipt).messageId)
  })

  for (const [whose, own, seconds] of [
    ['any work', undefined, jobs.attemptSeconds],
    ['work with a limit of its own', 660, 660]
  ] as const)
    test(`${whose} that hangs is ended after ${seconds} s, and counts as a failure`, async t => {
      let tools: Tools | undefined
      const engine = await open(t, async (_payload, given) => {
        tools = given
        return await forever()
      })
      if (own) Object.assign(engine.kinds[0] as Kind, { attemptSeconds: own })
      const job = await recordJob(engine)
      skipGrace(t)
      t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
      const attempt = perform(engine, { job: job.id, receiveCount: 1 })
      const { job: hand } = await eventually(() => tools)
      for (let beats = 0; beats <= seconds / 20; beats += 1) {
        t.mock.timers.setTime(Date.now() + 20_000)
        await renewed(engine, job, () => hand.progress(1))
      }
      assert.equal(await attempt, 'retry')
      assert.ok(hand.signal.aborted)
      const { attempts, error } = await reload(engine, job)
      assert.equal(attempts, 1)
      assert.ok(error?.startsWith(`The work has taken longer than ${seconds} s.`), String(error))
    })
})

/** Lets the five seconds pass at once in which work that is told to end could end by itself. */
function skipGrace(t: TestContext) {
  return hurry(t, milliseconds => (milliseconds === 5000 ? 0 : milliseconds))
}

/** With the mocked clock no beat comes by itself at the right time. */
async function renewed(engine: Engine, job: jobs.Job, beat: () => void) {
  const isRenewed = async () => {
    const { state, lease_until } = await reload(engine, job)
    return state !== 'running' || lease_until === Date.now() + jobs.leaseSeconds * 1000
  }
  beat()
  await eventually(isRenewed)
}
