import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { buryFailed } from '../../test/dead-letters.ts'
import { type Engine, openEngine, order, reload } from '../../test/engine.ts'
import { examineDeadLetters } from './dead-letter.ts'
import { groupsOfDeadLetters, type LetterGroup } from './letter-list.ts'
import { advanceRedrives } from './redrive-advance.ts'
import { endRedrive, listRedrives, startRedrive } from './redrive-order.ts'
import { revise } from './revise.ts'

onBothDatabases(url => {
  /** A redrive of so many jobs, all in one minute. */
  async function open(t: TestContext, count: number) {
    const engine = await openEngine(t, url(), async () => ({}))
    for (let n = 0; n < count; n += 1) await buryFailed(engine, `Printer ${n} is on fire.`)
    await examineDeadLetters(engine)
    const [group] = await groupsOfDeadLetters(engine.database)
    const wish = { perMinute: count, name: '花子' }
    const id = await startRedrive(engine.database, group as LetterGroup, wish)
    return { engine, id: id as number }
  }
  const sendingThrough = (engine: Engine, before: () => Promise<unknown>): Engine => ({
    ...engine,
    queue: {
      ...engine.queue,
      async sendBatch(few) {
        await before()
        return await engine.queue.sendBatch(few)
      }
    }
  })

  test('a portion of more than one call to SQS is spread over the whole minute', async t => {
    const { engine } = await open(t, 12)
    const beganAt = Date.now()
    assert.equal(await advanceRedrives(engine), 12)
    const times: number[] = await engine.database('jobs').pluck('queued_at')
    assert.ok(Math.max(...times.map(Number)) >= beganAt + 55_000)
    assert.equal((await engine.queue.counts()).delayed, 11)
  })

  test('one that the operator stops sends no more of its portion than the call under way', async t => {
    const { engine, id } = await open(t, 12)
    const stop = () => endRedrive(engine.database, id, 'stopped')
    assert.equal(await advanceRedrives(sendingThrough(engine, stop)), 10)
    assert.equal((await engine.database('jobs').where({ state: 'failed' })).length, 2)
  })

  test('a job that was noted, not sent, and then edited has not brought the error back', async t => {
    const { engine, id: redrive_id } = await open(t, 1)
    const { id: job_id } = await engine.database('jobs').first('id')
    const note = { redrive_id, job_id, fencing_token: 1, at: Date.now() }
    await engine.database('redriven').insert(note)
    const job = await reload(engine, { id: job_id } as never)
    assert.ok(await revise(engine.database, job, { ...order, payload: '{"word":"mended"}' }))
    await advanceRedrives(engine)
    assert.equal((await listRedrives(engine.database))[0]?.returned_job_id, null)
  })
})
