import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { bury, buryFailed, deadCount } from '../../test/dead-letters.ts'
import { openEngine, reload } from '../../test/engine.ts'
import { examineDeadLetters } from './dead-letter.ts'
import * as decisions from './decision.ts'
import * as letters from './letter.ts'
import * as list from './letter-list.ts'
import { discardSome, redriveSome } from './redrive.ts'

onBothDatabases(url => {
  const open = (t: TestContext) => openEngine(t, url(), async () => ({}))

  test('dead letters are grouped by the error of their jobs, those without a job by themselves', async t => {
    const engine = await open(t)
    const failed = await buryFailed(engine, 'The printer 3 is on fire.\n    at x.ts:1:2')
    await buryFailed(engine, 'The printer 14 is on fire.\n    at x.ts:9:9')
    await buryFailed(engine, 'No paper.')
    for (const body of ['{"job": 999999}', '<b>hello</b>', '{}']) await bury(engine, body)
    await examineDeadLetters(engine)
    const groups = await list.groupsOfDeadLetters(engine.database)
    assert.deepEqual(
      groups.map(({ sentence, kind, count, isStrange }) => [sentence, kind, count, isStrange]),
      [
        ['', '', 3, true],
        ['The printer # is on fire.', 'scripted', 2, false],
        ['No paper.', 'scripted', 1, false]
      ]
    )
    const fingerprint = groups[1]?.fingerprint as string
    assert.equal(await list.countDeadLetters(engine.database, fingerprint), 2)
    const [first] = await list.listDeadLetters(engine.database, { fingerprint }, 10)
    assert.equal(first?.message_id, failed.sqs_message_id)
    assert.deepEqual(
      [first?.job_id, first?.job?.id, first?.job?.state, first?.job?.error, first?.job?.attempts],
      [failed.id, failed.id, 'failed', failed.error, 5]
    )
    assert.ok(Math.abs(Number(first?.sent_at) - Date.now()) < 60_000)
    assert.deepEqual(await list.deadLetterOf(engine.database, failed), first)
    const strange = await list.listDeadLetters(
      engine.database,
      { fingerprint: groups[0]?.fingerprint },
      10
    )
    assert.deepEqual(strange.map(({ body, job }) => [body, job]).sort(), [
      ['<b>hello</b>', null],
      ['{"job": 999999}', null],
      ['{}', null]
    ])
  })

  test('what has become stale is no more on the list, and leaves the table with its message', async t => {
    const engine = await open(t)
    const [back, , other] = [
      await buryFailed(engine, 'No ink.'),
      await buryFailed(engine, 'No ink.'),
      await buryFailed(engine, 'No ink.')
    ]
    await examineDeadLetters(engine)
    await decisions.sendBack(engine, await reload(engine, back))
    await decisions.discard(engine.database, await reload(engine, other))
    const [group] = await list.groupsOfDeadLetters(engine.database)
    assert.equal(group?.count, 1)
    assert.equal(await list.findDeadLetter(engine.database, String(back.sqs_message_id)), undefined)
    await letters.forget(engine.database, Date.now() + 1)
    assert.deepEqual(await engine.database('dead_letters'), [])
  })

  test('a failed job with a newer message has no letter but that, and each was found when it was first', async t => {
    const engine = await open(t)
    const job = await buryFailed(engine, 'No ink.')
    const old = { handle: 'x', messageId: 'old', body: '{}', receives: 5, sentAt: 1 }
    await letters.see(engine.database, old, job)
    await letters.see(engine.database, { ...old, messageId: String(job.sqs_message_id) }, job)
    await engine.database('dead_letters').update({ first_seen_at: 7 })
    await examineDeadLetters(engine)
    const found = await list.listDeadLetters(engine.database, {}, 10)
    assert.deepEqual(
      found.map(({ message_id, first_seen_at }) => [message_id, first_seen_at]),
      [[job.sqs_message_id, 7]]
    )
    const stale = { message_id: 'old', job_id: job.id, handle: 'x' }
    assert.deepEqual(await redriveSome(engine, [stale]), { done: 0, moved: 1 })
    assert.deepEqual(await discardSome(engine, [stale]), { done: 0, moved: 1 })
  })

  test('a look forgets the letters that are in the queue no more, and none that may be hidden', async t => {
    const engine = await open(t)
    await buryFailed(engine, 'No ink.')
    await examineDeadLetters(engine)
    assert.equal((await examineDeadLetters(engine)).seen, 0)
    assert.equal((await list.listDeadLetters(engine.database, {}, 10)).length, 1)
    await engine.database('dead_letters').update({ last_seen_at: Date.now() - 200_000 })
    await examineDeadLetters(engine)
    assert.deepEqual(await engine.database('dead_letters'), [])
  })

  test('a letter that was discarded and could not be deleted is dropped by the next look', async t => {
    const engine = await open(t)
    const id = await bury(engine, 'hello')
    const seen = { handle: 'of no use', messageId: id, body: 'hello', receives: 5, sentAt: 1 }
    await letters.see(engine.database, seen)
    const found = (await list.listDeadLetters(engine.database, {}, 10))[0] as list.ListedLetter
    assert.deepEqual(await discardSome(engine, [found]), { done: 1, moved: 0 })
    assert.deepEqual(await list.groupsOfDeadLetters(engine.database), [])
    assert.equal(await deadCount(engine), 1)
    assert.deepEqual(await examineDeadLetters(engine), { seen: 1, failed: 0, dropped: 1 })
    assert.equal(await deadCount(engine), 0)
    assert.deepEqual(await engine.database('dead_letters'), [])
  })
})
