import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { eventually } from '../../test/engine.ts'
import { openFolder } from '../../test/line.ts'
import { ok, openQueue, openTarget } from '../../test/sqsd.ts'
import { startSqsd } from './daemon.ts'

const noon = Date.parse('2026-03-08T12:00:00Z')
const second = 1000
const minute = 60 * second

/** Daemons that share a queue, a worker and a registry; `start` adds one. */
async function openFleet(t: TestContext, startAt: number) {
  const folder = openFolder(t)
  const cronFile = join(folder, 'cron.yaml')
  writeFileSync(
    cronFile,
    'version: 1\ncron:\n - {name: sweep, url: /sweep, schedule: "* * * * *"}\n'
  )
  const stops: (() => Promise<void>)[] = []
  t.after(() => Promise.all(stops.map(stop => stop())))
  const worker = await openTarget(t, ok)
  const queue = await openQueue(t)
  t.mock.timers.enable({ apis: ['Date'], now: startAt })
  const start = async () => {
    const lines: string[] = []
    const settings = {
      queueUrl: queue.queueUrl,
      httpUrl: worker.httpUrl,
      waitTimeSeconds: 1,
      cronFile,
      registryUrl: `sqlite:${join(folder, 'registry')}`
    }
    const daemon = await startSqsd(settings, { sqs: queue.sqs, log: line => lines.push(line) })
    stops.push(daemon.stop)
    const logged = (pattern: RegExp) => eventually(() => lines.find(line => pattern.test(line)))
    return { lines, logged, stop: daemon.stop }
  }
  const ticks = () => worker.posts.map(({ headers }) => headers['x-aws-sqsd-scheduled-at'])
  return { start, ticks }
}

test('case 30: two daemons with one registry send one message for each tick', async t => {
  const fleet = await openFleet(t, noon - 300)
  const first = await fleet.start()
  await first.logged(/ leader-election: current role: leader/)
  const other = await fleet.start()
  t.mock.timers.setTime(noon)
  await first.logged(/ scheduler: task sweep sent for 2026-03-08 12:00:00 UTC/)
  await eventually(() => fleet.ticks().length === 1)
  assert.ok(!other.lines.some(line => /leader|scheduler/.test(line)))

  await first.stop()
  t.mock.timers.setTime(noon + 2 * minute)
  await other.logged(/ leader-election: current role: leader/)
  await other.logged(/ scheduler: task sweep sent for 2026-03-08 12:01:00 UTC/)
  await eventually(() => fleet.ticks().length === 2)
})

test('case 30: a leader that stops is followed at once, for it lets go of its lease', async t => {
  // The clock stands still, so the lease itself does not end.
  const fleet = await openFleet(t, noon)
  const first = await fleet.start()
  await first.logged(/ leader-election: current role: leader/)
  const other = await fleet.start()
  await first.stop()
  await other.logged(/ leader-election: current role: leader/)
})

test('case 31: a daemon catches up on one tick after two minutes, on none after ten or when it is new', async t => {
  const fleet = await openFleet(t, noon + 10 * second)
  const fresh = await fleet.start()
  await fresh.logged(/ leader-election: current role: leader/)
  await fresh.stop()
  assert.deepEqual(fleet.ticks(), [])

  t.mock.timers.setTime(noon + 2 * minute + 20 * second)
  const restarted = await fleet.start()
  await eventually(() => fleet.ticks().length === 1)
  await restarted.stop()
  assert.deepEqual(fleet.ticks(), ['2026-03-08T12:01:00Z'])

  t.mock.timers.setTime(noon + 12 * minute + 20 * second)
  const late = await fleet.start()
  await late.logged(/ scheduler: task sweep skipped, due at 2026-03-08T12:03:00Z/)
  await late.stop()
  assert.equal(fleet.ticks().length, 1)
})
