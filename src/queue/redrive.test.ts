import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { onBothDatabases } from '../../test/databases.ts'
import { bury, buryFailed, deadCount } from '../../test/dead-letters.ts'
import { type Engine, openEngine, recordJob, reload } from '../../test/engine.ts'
import { examineDeadLetters } from './dead-letter.ts'
import * as decisions from './decision.ts'
import * as jobs from './job.ts'
import { groupsOfDeadLetters, type LetterGroup, listDeadLetters } from './letter-list.ts'
import { discardSome, redriveSome } from './redrive.ts'
import { advanceRedrives } from './redrive-advance.ts'
import { endRedrive, forgetRedrives, listRedrives, startRedrive } from './redrive-order.ts'

onBothDatabases(url => {
  const open = (t: TestContext) => openEngine(t, url(), async () => ({}))

  async function buryMany(engine: Engine, count: number) {
    for (let n = 0; n < count; n += 1) await buryFailed(engine, `Printer ${n} is on fire.`)
    await examineDeadLetters(engine)
    const [group] = await groupsOfDeadLetters(engine.database)
    return group as LetterGroup
  }
  const countOf = async (engine: Engine, state: jobs.Job['state']) =>
    (await engine.database('jobs').where({ state })).length
  /** As if a minute had passed. */
  const later = (engine: Engine) => engine.database('redrives').update({ advanced_at: 1 })
  const start = async (engine: Engine, group: LetterGroup, perMinute: number) =>
    (await startRedrive(engine.database, group, { perMinute, name: '花子' })) as number

  test('some are sent back at once, each with a new message, and their letters are gone', async t => {
    const engine = await open(t)
    await buryMany(engine, 12)
    const letters = await listDeadLetters(engine.database, {}, 11)
    assert.deepEqual(await redriveSome(engine, letters), { done: 11, moved: 0 })
    assert.equal(await countOf(engine, 'waiting'), 11)
    assert.equal(await deadCount(engine), 1)
    assert.equal(await engine.queue.depth(), 11)
    assert.equal((await listDeadLetters(engine.database, {}, 100)).length, 1)
    const row = await jobs.find(engine.database, Number(letters[0]?.job_id))
    assert.ok(row?.sqs_message_id && row.sqs_message_id !== letters[0]?.message_id)
  })

  test('two who send back the same letters send each job once', async t => {
    const engine = await open(t)
    await buryMany(engine, 25)
    const letters = await listDeadLetters(engine.database, {}, 100)
    const both = await Promise.all([redriveSome(engine, letters), redriveSome(engine, letters)])
    assert.equal(both[0].done + both[1].done, 25)
    assert.equal(await engine.queue.depth(), 25)
    assert.deepEqual(await redriveSome(engine, letters), { done: 0, moved: 25 })
  })

  test('discarding takes the job with it, and a message without a job alone', async t => {
    const engine = await open(t)
    const job = await buryFailed(engine, 'No ink.')
    const moved = await buryFailed(engine, 'No ink.')
    await bury(engine, 'hello')
    await examineDeadLetters(engine)
    const letters = await listDeadLetters(engine.database, {}, 10)
    await decisions.sendBack(engine, await reload(engine, moved))
    assert.deepEqual(await discardSome(engine, letters), { done: 2, moved: 1 })
    assert.equal((await reload(engine, job)).state, 'discarded')
    assert.equal((await reload(engine, moved)).state, 'waiting')
    assert.deepEqual(await listDeadLetters(engine.database, {}, 10), [])
    assert.equal(await deadCount(engine), 1)
  })

  test('a redrive sends a portion a minute, spread over it, until the group is through', async t => {
    const engine = await open(t)
    const group = await buryMany(engine, 5)
    const id = await start(engine, group, 3)
    assert.equal(await advanceRedrives(engine), 3)
    assert.equal(await advanceRedrives(engine), 0)
    const { QueueUrl } = { QueueUrl: engine.aws.queueUrl }
    const asked = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 })
    assert.equal((await engine.aws.sqs.send(asked)).Messages?.length, 1)
    assert.equal((await engine.queue.counts()).delayed, 2)
    await later(engine)
    assert.equal(await advanceRedrives(engine), 2)
    const late = await buryFailed(engine, 'Printer 9 is on fire.')
    await examineDeadLetters(engine)
    await engine.database('dead_letters').update({ first_seen_at: Date.now() + 1000 })
    await later(engine)
    assert.equal(await advanceRedrives(engine), 0)
    const [redrive] = await listRedrives(engine.database)
    assert.deepEqual(
      [redrive?.id, redrive?.state, redrive?.sent, redrive?.total, redrive?.name],
      [id, 'done', 5, 5, '花子']
    )
    assert.equal((await reload(engine, late)).state, 'failed')
    assert.ok(await start(engine, group, 3))
  })

  test('many sweeps at once send a portion once', async t => {
    const engine = await open(t)
    await start(engine, await buryMany(engine, 8), 4)
    const sent = await Promise.all([1, 2, 3].map(() => advanceRedrives(engine)))
    assert.deepEqual(sent.sort(), [0, 0, 4])
    assert.equal(await engine.queue.depth(), 4)
  })

  test('a group has one redrive at a time, and the operator can stop it', async t => {
    const engine = await open(t)
    const group = await buryMany(engine, 2)
    const id = await start(engine, group, 1)
    assert.equal(await start(engine, group, 1), undefined)
    assert.ok(await endRedrive(engine.database, id, 'stopped'))
    assert.equal(await endRedrive(engine.database, id, 'stopped'), false)
    assert.equal(await advanceRedrives(engine), 0)
    assert.equal(await countOf(engine, 'failed'), 2)
  })

  for (const [end, what] of [
    [jobs.fail, 'fails'],
    [jobs.retry, 'is tried again']
  ] as const)
    test(`a redrive stops by itself when a job ${what} for the same error, not for another`, async t => {
      const engine = await open(t)
      await start(engine, await buryMany(engine, 3), 1)
      await advanceRedrives(engine)
      const attempt = async (error: string) => {
        const row = await engine.database<jobs.Job>('jobs').where({ state: 'waiting' }).first()
        const claimed = (await jobs.claim(engine.database, row as jobs.Job)) as jobs.Job
        assert.ok(await end(engine.database, claimed, error))
        return claimed.id
      }
      await attempt('The paper is wet.')
      await later(engine)
      assert.equal(await advanceRedrives(engine), 1)
      const id = await attempt('Printer 77 is on fire.\n    at x.ts:1:1')
      await later(engine)
      assert.equal(await advanceRedrives(engine), 0)
      const [redrive] = await listRedrives(engine.database)
      assert.deepEqual([redrive?.state, redrive?.returned_job_id], ['returned', id])
      assert.equal((await listDeadLetters(engine.database, {}, 10)).length, 1)
    })

  test('the same error is seen among many others', async t => {
    const engine = await open(t)
    const redrive_id = await start(engine, await buryMany(engine, 1), 1)
    for (let round = 0; round < 6; round += 1) {
      const jobs = Array.from({ length: 100 }, () => recordJob(engine))
      const rows = (await Promise.all(jobs)).map(({ id }) => ({
        ...{ redrive_id, job_id: id, fencing_token: 0, at: round }
      }))
      await engine.database('redriven').insert(rows)
    }
    const columns = { state: 'failed', error: 'The paper is wet.', retried_at: Date.now() }
    await engine.database('jobs').where({ state: 'waiting' }).update(columns)
    const last = (await engine.database('redriven').orderBy('at', 'desc').first()).job_id
    await engine.database('jobs').where({ id: last }).update({ error: 'Printer 3 is on fire.' })
    assert.equal(await advanceRedrives(engine), 0)
    assert.equal((await listRedrives(engine.database))[0]?.returned_job_id, last)
  })

  test('one that died between its note and the order goes on where it was', async t => {
    const engine = await open(t)
    const group = await buryMany(engine, 2)
    const redrive_id = await start(engine, group, 5)
    const [first] = await listDeadLetters(engine.database, {}, 1)
    const note = { redrive_id, job_id: first?.job_id, fencing_token: 1, at: Date.now() }
    await engine.database('redriven').insert(note)
    assert.equal(await advanceRedrives(engine), 2)
    assert.equal((await listRedrives(engine.database))[0]?.sent, 2)
  })

  test('a redrive is forgotten with its jobs a while after its end, not before', async t => {
    const engine = await open(t)
    const id = await start(engine, await buryMany(engine, 1), 1)
    await advanceRedrives(engine)
    assert.equal(await forgetRedrives(engine.database, Date.now() + 1000), 0)
    await endRedrive(engine.database, id, 'stopped')
    assert.equal(await forgetRedrives(engine.database, Date.now() - 1000), 0)
    assert.equal(await forgetRedrives(engine.database, Date.now() + 1000), 1)
    assert.deepEqual(await engine.database('redriven'), [])
  })
})
