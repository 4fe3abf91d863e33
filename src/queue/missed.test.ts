import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { pino } from 'pino'
import { onBothDatabases } from '../../test/databases.ts'
import { mails, openEngine } from '../../test/engine.ts'
import { digest } from './digest.ts'
import { noteMissed } from './missed.ts'
import { runTick } from './tick.ts'

const minute = 60_000
const everyMinute = (after: Date) =>
  new Date(Math.floor(after.getTime() / minute) * minute + minute)
const ago = (minutes: number) => Math.floor(Date.now() / minute - minutes) * minute

onBothDatabases(url => {
  /** A line with a task that is due each minute, whose ticks came so many minutes ago. */
  async function open(t: TestContext, came: number[]) {
    const engine = await openEngine(t, url(), async () => ({}))
    const said: string[] = []
    const log = pino({}, { write: line => said.push(JSON.parse(line).msg) })
    const rows = came.map(ago).map(scheduled_at => ({
      ...{ task: 'sweep', state: 'done', began_at: 1 },
      scheduled_at
    }))
    if (rows.length > 0) await engine.database('ticks').insert(rows)
    const schedule = [{ task: 'sweep', next: everyMinute }]
    const missed = async () =>
      await engine
        .database('ticks')
        .where({ state: 'missed' })
        .orderBy('scheduled_at')
        .pluck('scheduled_at')
    return { line: { ...engine, log, schedule }, said, missed }
  }

  test('a tick that never came is noted once, and told', async t => {
    const { line, said, missed } = await open(t, [20, 19, 17, 14])
    const count = await noteMissed(line)
    const times = (await missed()).map(Number)
    assert.equal(count, times.length)
    assert.deepEqual(
      times.slice(0, 3),
      [ago(18), ago(16), ago(15)].map(time => times.find(one => one === time))
    )
    assert.ok(
      times.every(time => time <= Date.now() - 10 * minute),
      'the others may still come'
    )
    assert.match(said.join(), /ticks of cron\.yaml never came/)
    assert.ok((await noteMissed(line)) <= 1)
  })

  test('after a long silence all of it is noted, in several looks', async t => {
    const { line, missed } = await open(t, [170])
    await noteMissed(line)
    await noteMissed(line)
    const times = (await missed()).map(Number)
    assert.ok(times.length >= 158 && times.length <= 161, `${times.length}`)
    assert.ok(
      times.every((time, index) => index === 0 || time - (times[index - 1] ?? 0) === minute)
    )
  })

  test('what was missed before a run by hand is noted all the same', async t => {
    const { line, missed } = await open(t, [170])
    const byHand = { task: 'sweep', state: 'done', began_at: 1, scheduled_at: ago(100) + 7000 }
    await line.database('ticks').insert(byHand)
    await noteMissed(line)
    assert.deepEqual((await missed()).slice(0, 1).map(Number), [ago(169)])
  })

  test('a task that has never run is not missed', async t => {
    const { line } = await open(t, [])
    assert.equal(await noteMissed(line), 0)
  })

  test('a tick that comes although it was noted as missed runs all the same, and is missed no more', async t => {
    const { line, missed } = await open(t, [20])
    await noteMissed(line)
    const before = await missed()
    const at = new Date(Number(before[0]))
    const tick = { task: 'sweep', scheduledAt: at }
    assert.equal(await runTick(line, tick, async () => ({})), 'done')
    assert.equal((await missed()).length, before.length - 1)
  })

  test('the digest tells of missed ticks', async t => {
    const { line } = await open(t, [14])
    await noteMissed(line)
    await digest(line)
    const [mail] = (await mails(line)) as unknown as { text: string }[]
    assert.match(mail?.text ?? '', /never came: sweep \d\n/)
  })
})
