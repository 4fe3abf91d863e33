import assert from 'node:assert/strict'
import { after, before, describe, type TestContext, test } from 'node:test'
import { eventually, mails, openEngine, recordJob, reload } from '../../test/engine.ts'
import { type Mariadb, startMariadb } from '../../test/mariadb.ts'
import { needs } from '../../test/needs.ts'
import * as jobs from './job.ts'
import type { Kind } from './kind.ts'
import { GiveUp, RetryLater } from './outcome.ts'
import { perform } from './perform.ts'
import { resendAll, sweep } from './sweep.ts'

const mail = { to: 'hanako@example.jp', subject: 'できました', text: 'text', html: '<p>html</p>' }
const file = { key: 'a.pdf', name: '請求書.pdf', bytes: 3 }
const done: Kind['perform'] = async () => ({ file, warnings: ['〓'] })
const broken: Kind['perform'] = async () => {
  throw new Error('The printer is on fire.')
}

describe('the engine on SQLite', () => suite(() => 'sqlite::memory:'))

describe('the engine on MariaDB', { skip: needs('mariadbd') }, () => {
  let mariadb: Mariadb
  before(async () => {
    mariadb = await startMariadb()
  })
  after(() => mariadb.stop())
  suite(() => mariadb.url)
})

/** Ends the lease of a running job, as time does. */
async function expire(engine: Awaited<ReturnType<typeof openEngine>>, job: jobs.Job) {
  await engine
    .database('jobs')
    .where({ id: job.id })
    .update({ lease_until: Date.now() - 1 })
}

async function rewind(engine: Awaited<ReturnType<typeof openEngine>>, job: jobs.Job, ms: number) {
  await engine
    .database('jobs')
    .where({ id: job.id })
    .update({ queued_at: Date.now() - ms })
}

function suite(url: () => string) {
  const open = (t: TestContext, work: Kind['perform']) => openEngine(t, url(), work)
  const first = (job: jobs.Job) => ({ job: job.id, receiveCount: 1 })

  test('a job that succeeds is finished, with its file and warnings', async t => {
    const engine = await open(t, done)
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'finished')
    const row = await reload(engine, job)
    assert.equal(row.state, 'finished')
    assert.equal(row.file_name, '請求書.pdf')
    assert.equal(row.file_bytes, 3)
    assert.deepEqual(JSON.parse(row.warnings ?? ''), ['〓'])
    assert.deepEqual([row.attempts, row.progress, row.lease_until], [1, 100, null])
  })

  test('a duplicate of a finished job changes nothing', async t => {
    const engine = await open(t, done)
    const job = await recordJob(engine)
    await perform(engine, first(job))
    const row = await reload(engine, job)
    assert.equal(await perform(engine, first(job)), 'duplicate')
    assert.deepEqual(await reload(engine, job), row)
  })

  test('duplicates of cancelled and discarded jobs change nothing', async t => {
    const engine = await open(t, broken)
    const cancelled = await recordJob(engine)
    assert.ok(await jobs.cancel(engine.database, cancelled))
    assert.equal(await perform(engine, first(cancelled)), 'duplicate')
    const discarded = await recordJob(engine)
    await perform(engine, { job: discarded.id, receiveCount: 5 })
    assert.ok(await jobs.discard(engine.database, await reload(engine, discarded)))
    assert.equal(await perform(engine, first(discarded)), 'duplicate')
    assert.equal((await reload(engine, discarded)).state, 'discarded')
  })

  test('an attempt is refused while another holds a live lease', async t => {
    let release = () => {}
    const gate = new Promise<void>(resolve => {
      release = resolve
    })
    const engine = await open(t, async () => {
      await gate
      return {}
    })
    const job = await recordJob(engine)
    const attempt = perform(engine, first(job))
    await eventually(async () => (await reload(engine, job)).state === 'running')
    assert.equal(await perform(engine, { job: job.id, receiveCount: 2 }), 'busy')
    release()
    assert.equal(await attempt, 'finished')
    assert.equal((await reload(engine, job)).attempts, 1)
  })

  test('of many deliveries at once exactly one begins', async t => {
    let begun = 0
    const engine = await open(t, async () => {
      begun += 1
      return {}
    })
    const job = await recordJob(engine)
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => perform(engine, first(job))))
    assert.equal(begun, 1)
    assert.equal(outcomes.filter(outcome => outcome === 'finished').length, 1)
    assert.ok(outcomes.every(outcome => ['finished', 'busy', 'duplicate'].includes(outcome)))
  })

  test('GiveUp fails the job at once', async t => {
    const engine = await open(t, async () => {
      throw new GiveUp('There is no such customer.')
    })
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'gave up')
    const row = await reload(engine, job)
    assert.equal(row.state, 'failed')
    assert.match(row.error ?? '', /^There is no such customer\.\n\s+at /)
  })

  test('RetryLater waits for its time, sends a new message and does not count the attempt', async t => {
    const engine = await open(t, async () => {
      throw new RetryLater(60, 'SES is throttling.')
    })
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'retry later')
    const row = await reload(engine, job)
    assert.deepEqual([row.state, row.attempts], ['retrying', 0])
    assert.ok(Math.abs((row.run_at ?? 0) - Date.now() - 60_000) < 5000)
    assert.ok(row.sqs_message_id)
    assert.equal(await engine.queue.depth(), 1)
    assert.equal(await perform(engine, first(job)), 'busy', 'too early')
  })

  test('RetryLater beyond the longest delay of SQS is left to the sweep', async t => {
    const engine = await open(t, async () => {
      throw new RetryLater(3600, 'The daily quota is used up.')
    })
    const job = await recordJob(engine)
    await perform(engine, first(job))
    assert.deepEqual(await sweep(engine), { sent: 0, released: 0, failed: 0 })
    assert.equal(await engine.queue.depth(), 0)
    await engine.database('jobs').update({ run_at: Date.now() - 1, queued_at: Date.now() - 10_000 })
    assert.equal((await sweep(engine)).sent, 1)
    assert.ok((await reload(engine, job)).sqs_message_id)
  })

  test('any other error is retried, and fails the job on the last receive', async t => {
    const engine = await open(t, broken)
    const job = await recordJob(engine)
    assert.equal(await perform(engine, { job: job.id, receiveCount: 4 }), 'retry')
    assert.equal((await reload(engine, job)).state, 'retrying')
    assert.equal(await perform(engine, { job: job.id, receiveCount: 5 }), 'failed')
    const row = await reload(engine, job)
    assert.equal(row.state, 'failed')
    assert.match(row.error ?? '', /The printer is on fire/)
  })

  test('a job fails after as many attempts as receives, whatever messages brought them', async t => {
    const engine = await open(t, broken)
    const job = await recordJob(engine)
    const outcomes = []
    for (let n = 1; n <= 6; n += 1) outcomes.push(await perform(engine, first(job)))
    assert.deepEqual(outcomes, ['retry', 'retry', 'retry', 'retry', 'failed', 'busy'])
  })

  test('a message for no job is unknown', async t => {
    const engine = await open(t, done)
    assert.equal(await perform(engine, { job: 12345, receiveCount: 1 }), 'unknown')
  })

  test('a kind that this worker lacks is retried', async t => {
    const engine = await open(t, done)
    const job = await recordJob(engine)
    assert.equal(await perform({ ...engine, kinds: [] }, first(job)), 'retry')
    assert.match((await reload(engine, job)).error ?? '', /knows no kind "scripted"/)
  })

  test('a stale attempt can neither finish the job nor send its mail', async t => {
    let attempts = 0
    let resume = () => {}
    const overtaken = new Promise<void>(resolve => {
      resume = resolve
    })
    const engine = await open(t, async (_payload, tools) => {
      attempts += 1
      if (attempts === 1) await overtaken
      await tools.mail.send(mail)
      return {}
    })
    const job = await recordJob(engine)
    const stale = perform(engine, first(job))
    await eventually(() => attempts === 1)
    await expire(engine, job)
    assert.equal(await perform(engine, { job: job.id, receiveCount: 2 }), 'finished')
    resume()
    assert.equal(await stale, 'busy')
    assert.equal((await mails(engine)).length, 1)
    assert.equal((await reload(engine, job)).fencing_token, 2)
  })

  test('a mail that was sent is not sent again by a later attempt', async t => {
    const engine = await open(t, async (_payload, tools) => {
      await tools.mail.send(mail)
      if (tools.job.attempt === 1) throw new Error('The disk is full.')
      return {}
    })
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'retry')
    assert.equal(await perform(engine, first(job)), 'finished')
    assert.equal((await mails(engine)).length, 1)
  })

  test('a mail is sent again, and counted, when nobody knows whether it was', async t => {
    const engine = await open(t, async (_payload, tools) => {
      await tools.mail.send(mail)
      return {}
    })
    const job = await recordJob(engine)
    const claimed = await jobs.claim(engine.database, job)
    const entry = {
      job_id: job.id,
      step: 'mail',
      fencing_token: claimed?.fencing_token,
      began_at: 1
    }
    await engine.database('effects').insert(entry)
    await expire(engine, job)
    assert.equal(await perform(engine, first(job)), 'finished')
    const [effect] = await engine.database('effects').where({ job_id: job.id })
    assert.deepEqual([effect.ambiguous, effect.fencing_token], [1, 2])
    assert.ok(JSON.parse(effect.receipt).messageId)
  })

  test('SES throttling makes the job wait, and the mail is not ambiguous afterwards', async t => {
    const engine = await open(t, async (_payload, tools) => {
      await tools.mail.send(mail)
      return {}
    })
    const fault = { name: 'Throttling', times: 3 }
    await engine.mailbox.inject({ method: 'POST', url: '/faults', payload: fault })
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'retry later')
    await engine.database('jobs').update({ run_at: null })
    assert.equal(await perform(engine, first(job)), 'finished')
    const [effect] = await engine.database('effects').where({ job_id: job.id })
    assert.equal(effect.ambiguous, 0)
  })

  test('a mail that SES refuses for good fails the job', async t => {
    const engine = await open(t, async (_payload, tools) => {
      await tools.mail.send(mail)
      return {}
    })
    const fault = { name: 'MessageRejected', times: 1 }
    await engine.mailbox.inject({ method: 'POST', url: '/faults', payload: fault })
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'gave up')
    assert.match((await reload(engine, job)).error ?? '', /^SES: /)
  })

  test('progress is shown, and renews the lease', async t => {
    const engine = await open(t, async (_payload, tools) => {
      await expireSoon()
      tools.job.progress(42)
      await eventually(async () => (await reload(engine, job)).progress === 42)
      assert.ok(((await reload(engine, job)).lease_until ?? 0) > Date.now() + 20_000)
      return {}
    })
    const job = await recordJob(engine)
    const expireSoon = () =>
      engine
        .database('jobs')
        .where({ id: job.id })
        .update({ lease_until: Date.now() + 1000 })
    assert.equal(await perform(engine, first(job)), 'finished')
  })

  test('the signal tells the work that its lease is lost', async t => {
    const engine = await open(t, async (_payload, tools) => {
      await engine.database('jobs').update({ fencing_token: 9 })
      tools.job.progress(1)
      await eventually(() => tools.job.signal.aborted)
      return {}
    })
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job)), 'busy')
  })

  test('the operator sends a failed job back with all its attempts', async t => {
    const engine = await open(t, broken)
    const job = await recordJob(engine)
    await perform(engine, { job: job.id, receiveCount: 5 })
    assert.ok(await jobs.requeue(engine.database, await reload(engine, job)))
    const row = await reload(engine, job)
    assert.deepEqual([row.state, row.attempts, row.finished_at], ['waiting', 0, null])
    assert.equal(await jobs.requeue(engine.database, row), false, 'only a failed job')
    engine.kinds[0] = { ...engine.kinds[0], perform: done } as Kind
    assert.equal(await perform(engine, first(job)), 'finished')
  })

  test('the sweep sends a job whose message was never sent', async t => {
    const engine = await open(t, done)
    const job = await recordJob(engine)
    assert.equal((await sweep(engine)).sent, 0, 'its web tier may still be about to')
    await rewind(engine, job, 6000)
    assert.equal((await sweep(engine)).sent, 1)
    assert.ok((await reload(engine, job)).sqs_message_id)
    assert.equal(await engine.queue.depth(), 1)
    assert.equal((await sweep(engine)).sent, 0, 'once is enough')
  })

  test('the sweep sends a lost message again when the queue is empty, and waits when it is not', async t => {
    const engine = await open(t, done)
    const job = await recordJob(engine)
    await jobs.sent(engine.database, job, 'lost')
    await rewind(engine, job, 180_000)
    await engine.queue.send(999_999)
    assert.equal((await sweep(engine)).sent, 0, 'its message may be behind the others')
    await rewind(engine, job, 3_700_000)
    assert.equal((await sweep(engine)).sent, 1)
  })

  test('the sweep releases a job whose worker died, and fails it after its last attempt', async t => {
    const engine = await open(t, done)
    const job = await recordJob(engine)
    await jobs.claim(engine.database, job)
    assert.deepEqual(await sweep(engine), { sent: 0, released: 0, failed: 0 }, 'the lease is alive')
    await expire(engine, job)
    assert.deepEqual(await sweep(engine), { sent: 0, released: 1, failed: 0 })
    assert.equal((await reload(engine, job)).state, 'retrying')
    await engine.database('jobs').update({ attempts: 4 })
    await jobs.claim(engine.database, await reload(engine, job))
    await expire(engine, job)
    assert.deepEqual(await sweep(engine), { sent: 0, released: 0, failed: 1 })
    assert.match((await reload(engine, job)).error ?? '', /worker died/)
  })

  test('after the queue has forgotten everything, every unfinished job is sent again', async t => {
    const engine = await open(t, done)
    const running = await recordJob(engine)
    await jobs.claim(engine.database, running)
    await recordJob(engine)
    await perform(engine, first(await recordJob(engine)))
    assert.equal(await resendAll(engine), 2)
    assert.equal(await engine.queue.depth(), 2)
  })

  test('the work is told to stop when the worker stops, and the job is retried', async t => {
    const stopping = new AbortController()
    const engine = await open(t, async (_payload, { job }) => {
      stopping.abort(new Error('The worker is stopping.'))
      job.signal.throwIfAborted()
      return {}
    })
    const job = await recordJob(engine)
    assert.equal(await perform(engine, first(job), stopping.signal), 'retry')
    assert.match((await reload(engine, job)).error ?? '', /worker is stopping/)
  })
}
