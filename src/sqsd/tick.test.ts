import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { eventually } from '../../test/engine.ts'
import { openFolder } from '../../test/line.ts'
import { ok, openDaemon, openQueue, openTarget } from '../../test/sqsd.ts'
import { startSqsd } from './daemon.ts'
import { alone } from './registry.ts'
import { parseSchedule } from './schedule.ts'
import { send, startTicking } from './tick.ts'

const noon = Date.parse('2026-03-08T12:00:00Z')
const second = 1000
const minute = 60 * second

/** A minutely task, whose last tick was dealt with at 11:59; the clock stands at noon or where `lateness` says. */
async function open(t: TestContext, schedule: string, lateness: number) {
  const queue = await openQueue(t)
  const lines: string[] = []
  t.mock.timers.enable({ apis: ['Date'], now: noon + lateness })
  const task = { name: 'sweep', url: '/cron/sweep', schedule: parseSchedule(schedule) }
  const log = (category: string, text: string) => lines.push(`${category}: ${text}`)
  const registry = { ...alone, tickedUntil: async () => noon - minute }
  const ticking = startTicking([task], { ...queue, log }, registry)
  t.after(() => ticking.stop())
  const receive = async () => {
    const query = { QueueUrl: queue.queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }
    const { Messages = [] } = await queue.direct.send(
      new ReceiveMessageCommand({ ...query, MessageAttributeNames: ['All'] })
    )
    return Messages
  }
  return { lines, receive, ticking }
}

const attribute = ({ MessageAttributes }: Message, name: string) => {
  const { DataType, StringValue } = MessageAttributes?.[`beanstalk.sqsd.${name}`] ?? {}
  return [DataType, StringValue]
}

test('case 26: a task that is due is sent as a message of three attributes', async t => {
  const { lines, receive } = await open(t, '0 12 * * *', 0)
  await eventually(() => lines.length === 1)
  assert.deepEqual(lines, ['scheduler: task sweep sent for 2026-03-08 12:00:00 UTC'])
  const [message, ...others] = await receive()
  assert.ok(message)
  assert.equal(others.length, 0)
  assert.equal(message.Body, 'elasticbeanstalk scheduled job')
  assert.deepEqual(attribute(message, 'path'), ['String', '/cron/sweep'])
  assert.deepEqual(attribute(message, 'task_name'), ['String', 'sweep'])
  assert.deepEqual(attribute(message, 'scheduled_time'), ['String', '2026-03-08 12:00:00 UTC'])
})

test('after two minutes of sleep a task of every minute is sent once', async t => {
  const { lines, receive, ticking } = await open(t, '* * * * *', 2 * minute)
  await eventually(() => lines.length === 1)
  await ticking.stop()
  assert.equal((await receive()).length, 1)
})

test('after ten minutes of sleep a missed tick is skipped', async t => {
  const { lines, receive, ticking } = await open(t, '* * * * *', 10 * minute)
  await eventually(() => lines.length === 1)
  assert.deepEqual(lines, ['scheduler: task sweep skipped, due at 2026-03-08T12:00:00Z'])
  await ticking.stop()
  assert.equal((await receive()).length, 0)
})

test('a timer that rings before the task is due, by the clock, waits on', async t => {
  const { lines } = await open(t, '0 12 * * *', -100)
  // The ticking's own timer of 100 ms is older, so it has rung by then.
  await setTimeout(150)
  assert.deepEqual(lines, [])
  t.mock.timers.setTime(noon)
  await eventually(() => lines.length === 1)
})

test('case 30: a periodic task that fails comes again as any message', async t => {
  const settings = { errorVisibilityTimeoutSeconds: 0 }
  const line = await openDaemon(
    t,
    (response, _post, nth) => response.writeHead(nth === 1 ? 500 : 200).end(),
    settings
  )
  await send({ name: 'a', url: '/a' }, new Date(noon), { ...line, log: () => {} })
  await eventually(() => line.posts.length === 2)
  const seen = line.posts.map(({ headers }) => [
    headers['x-aws-sqsd-receive-count'],
    headers['x-aws-sqsd-scheduled-at']
  ])
  assert.deepEqual(seen, [
    ['1', '2026-03-08T12:00:00Z'],
    ['2', '2026-03-08T12:00:00Z']
  ])
})

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

test('case 32: a FIFO queue has no periodic tasks, and a line of the log says so', async t => {
  const queueUrl = 'http://127.0.0.1/000000000000/line.fifo'
  const line = await openDaemon(t, ok, { queueUrl, cronFile: 'cron.yaml' })
  assert.ok(line.lines.some(text => / scheduler: cron\.yaml is not used: .*FIFO/.test(text)))
})

test('case 32: a FIFO queue without cron.yaml brings its messages', async t => {
  const queueUrl = 'http://127.0.0.1/000000000000/line.fifo'
  const line = await openDaemon(t, ok, { queueUrl })
  const made = await line.create('line.fifo', { FifoQueue: 'true' })
  await line.putGroup(made, 'a', 'x')
  const { headers } = await eventually(() => line.posts[0])
  assert.equal(headers['x-aws-sqsd-queue'], 'line.fifo')
})

test('a cron file that cannot be read keeps the daemon from starting', async t => {
  await assert.rejects(
    openDaemon(t, ok, { cronFile: 'absent.yaml' }),
    /^Error: absent\.yaml can't be read/
  )
})
