import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { type Engine, expire, openEngine, recordJob, reload } from '../../test/engine.ts'
import * as decisions from './decision.ts'
import { send } from './enqueue.ts'
import * as jobs from './job.ts'
import type { Kind } from './kind.ts'
import * as messages from './message.ts'
import { RetryLater } from './outcome.ts'
import { perform } from './perform.ts'
import { sweep } from './sweep.ts'
import { type Entry, gap, lineOf, readTimeline } from './timeline.ts'

async function timelineOf(engine: Engine, job: jobs.Job): Promise<Entry[]> {
  return readTimeline((await reload(engine, job)).timeline)
}

const whatOf = (entries: Entry[]) => entries.map(({ what }) => what)

onBothDatabases(url => {
  const open = (t: TestContext, work: Kind['perform'] = async () => ({})) =>
    openEngine(t, url(), work)

  test('the timeline tells who began which attempt, by which delivery, and how long it took', async t => {
    let runs = 0
    const engine = await open(t, async () => {
      runs += 1
      if (runs === 1) throw new Error('紙がありません。\nSee the tray.')
      return {}
    })
    const job = await send(engine, await recordJob(engine))
    const messageId = job.sqs_message_id as string
    await perform(engine, { job: job.id, receiveCount: 1, messageId })
    await perform(engine, { job: job.id, receiveCount: 3, messageId })
    const [sent, claimed, retrying, again, finished] = await timelineOf(engine, job)
    assert.deepEqual(sent, { at: sent?.at, what: 'sent', message: messageId })
    const worker = (await reload(engine, job)).claimed_by?.split('/')[0]
    const begun = { at: claimed?.at, what: 'claimed', attempt: 1, worker }
    assert.deepEqual(claimed, { ...begun, message: messageId, receives: 1 })
    const { ms = -1, ...failure } = retrying ?? {}
    assert.ok(ms >= 0)
    const error = '紙がありません。'
    assert.deepEqual(failure, { at: retrying?.at, what: 'retrying', attempt: 1, error })
    assert.deepEqual([again?.attempt, again?.receives, finished?.attempt], [2, 3, 2])
    assert.ok((again?.at ?? 0) >= (retrying?.at ?? Infinity))
    assert.equal(finished?.what, 'finished')
  })

  test('what the sweep and the operator do is in the timeline, each by its name', async t => {
    const engine = await open(t)
    const job = await recordJob(engine)
    await messages.putOff(engine.database, job, Date.now() + 60_000)
    await jobs.claim(engine.database, job)
    await expire(engine, job)
    await jobs.claim(engine.database, await reload(engine, job))
    await expire(engine, job)
    await sweep(engine)
    await jobs.abandon(engine.database, await reload(engine, job), 'failed', 'Too late.')
    await decisions.requeue(engine.database, await reload(engine, job))
    await jobs.bury(engine.database, await reload(engine, job), 'Dead.')
    await decisions.discard(engine.database, await reload(engine, job))
    assert.deepEqual(whatOf(await timelineOf(engine, job)), [
      ...['put off', 'claimed', 'taken over', 'released', 'sent'],
      ...['given up', 'requeued', 'buried', 'discarded']
    ])
  })

  test('a job that asks for later and one that is handed back are told apart', async t => {
    const stop = new AbortController()
    const engine = await open(t, async (_payload, tools) => {
      if (tools.job.signal.aborted) throw new Error('stopped')
      throw new RetryLater(1000, 'The quota is used up.')
    })
    const later = await recordJob(engine)
    await perform(engine, { job: later.id, receiveCount: 1 })
    const [, postponed] = await timelineOf(engine, later)
    assert.deepEqual([postponed?.what, postponed?.attempt], ['postponed', 1])
    assert.ok((postponed?.until ?? 0) > Date.now() + 900_000)
    stop.abort(new Error('The worker is stopping.'))
    const back = await recordJob(engine)
    await perform(engine, { job: back.id, receiveCount: 1 }, { stopping: stop.signal })
    const [, handedBack] = await timelineOf(engine, back)
    assert.deepEqual(
      [handedBack?.what, handedBack?.until, handedBack?.error],
      ['handed back', undefined, 'The worker is stopping.']
    )
  })

  test('a timeline that grows too long keeps its beginning and its end', async t => {
    const engine = await open(t)
    const job = await recordJob(engine)
    const error = 'こ'.repeat(200)
    const count = 100
    for (let n = 0; n < count; n += 1) {
      const attempt = (await jobs.claim(
        engine.database,
        await reload(engine, job),
        `m${n}`
      )) as jobs.Job
      await jobs.retry(engine.database, attempt, error)
    }
    const { timeline } = await reload(engine, job)
    assert.ok((timeline?.length ?? 0) < 62_000)
    const entries = readTimeline(timeline)
    const [first] = entries
    assert.deepEqual([first?.what, first?.message], ['claimed', 'm0'])
    assert.equal(entries.at(-2)?.message, `m${count - 1}`)
    assert.deepEqual([entries.at(-1)?.what, entries.at(-1)?.error], ['retrying', error])
    assert.equal(entries.filter(({ what }) => what === gap).length, 1)
  })

  test('a change that changes nothing adds nothing', async t => {
    const engine = await open(t)
    const job = await recordJob(engine)
    const attempt = (await jobs.claim(engine.database, job)) as jobs.Job
    assert.equal(await jobs.claim(engine.database, attempt), undefined)
    await decisions.cancel(engine.database, attempt)
    assert.equal(await jobs.finish(engine.database, attempt, {}), false)
    assert.deepEqual(whatOf(await timelineOf(engine, job)), ['claimed', 'cancelled'])
  })
})

test('what a repeated statement has written twice is read once, and what is no entry not at all', () => {
  const line = lineOf({ at: 1, what: 'sent', message: 'm' })
  const pieces = ['null', '{"at":"1","what":"sent"}', '{}', line.slice(5), '']
  assert.deepEqual(readTimeline(line + line), [{ at: 1, what: 'sent', message: 'm' }])
  assert.deepEqual(readTimeline(pieces.join('\n')), [])
  assert.deepEqual(readTimeline(null), [])
})
