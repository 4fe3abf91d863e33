import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { eventually } from '../../test/engine.ts'
import { ok, openDaemon, openQueue } from '../../test/sqsd.ts'
import { alone, type Registry } from './registry.ts'
import { parseSchedule } from './schedule.ts'
import { send, startTicking } from './tick.ts'

const noon = Date.parse('2026-03-08T12:00:00Z')
const second = 1000
const minute = 60 * second

type Change = { registry?: Partial<Registry>; isLeading?: () => boolean }

/** A task whose last tick was dealt with at 11:59; the clock stands at noon or where `lateness` says. */
async function open(t: TestContext, schedule: string, lateness: number, change: Change = {}) {
  const queue = await openQueue(t)
  const lines: string[] = []
  t.mock.timers.enable({ apis: ['Date'], now: noon + lateness })
  const task = { name: 'sweep', url: '/cron/sweep', schedule: parseSchedule(schedule) }
  const log = (category: string, text: string) => lines.push(`${category}: ${text}`)
  const registry = { ...alone, tickedUntil: async () => noon - minute, ...change.registry }
  const ticking = startTicking([task], { ...queue, log }, registry, change.isLeading)
  t.after(() => ticking.stop())
  const receive = async () => {
    const query = { QueueUrl: queue.queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }
    const { Messages = [] } = await queue.direct.send(
      new ReceiveMessageCommand({ ...query, MessageAttributeNames: ['All'] })
    )
    return Messages
  }
  return { ...queue, lines, receive, ticking }
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

const sent = 'scheduler: task sweep sent for 2026-03-08 12:00:00 UTC'

test('case 31: a tick is sent up to 300 s late, and skipped from then on', async t => {
  const late = await open(t, '0 12 * * *', 299 * second)
  await eventually(() => late.lines.length === 1)
  assert.deepEqual(late.lines, [sent])
  t.mock.timers.reset()
  const tooLate = await open(t, '0 12 * * *', 301 * second)
  await eventually(() => tooLate.lines.length === 1)
  assert.match(tooLate.lines[0] ?? '', /skipped/)
})

test('case 30: a tick that another daemon has dealt with is not sent', async t => {
  const asked: string[] = []
  const { lines, ticking } = await open(t, '0 12 * * *', 0, {
    registry: {
      tickedUntil: async task => (asked.push(task) === 1 ? noon - minute : noon)
    }
  })
  await eventually(() => asked.length === 2)
  await ticking.stop()
  assert.deepEqual(lines, [])
})

test('case 30: a daemon that no longer leads sends nothing', async t => {
  let asked = 0
  const isLeading = () => {
    asked += 1
    return false
  }
  const { lines, calls, ticking } = await open(t, '0 12 * * *', 0, { isLeading })
  await eventually(() => asked > 0)
  await ticking.stop()
  assert.deepEqual([lines, calls('SendMessage')], [[], []])
})

test('a clock that was an hour ahead leaves a time behind that silences no task', async t => {
  let asked = 0
  const { lines } = await open(t, '0 12 * * *', 0, {
    registry: {
      tickedUntil: async () => {
        asked += 1
        return asked === 1 ? noon - minute : noon + 60 * minute
      }
    }
  })
  await eventually(() => lines.length === 1)
  assert.deepEqual(lines, [sent])
})

test('a task that is due in two months has a timer that Node can take', async t => {
  const timers = t.mock.method(globalThis, 'setTimeout')
  await open(t, '0 0 8 5 *', 0)
  const delays = () => timers.mock.calls.map(({ arguments: [, delay] }) => Number(delay ?? 0))
  await eventually(() => delays().some(delay => delay > 1e9))
  assert.ok(Math.max(...delays()) <= 2_147_483_647)
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

test('case 30: a tick can overlap the one before it', async t => {
  const held: ServerResponse[] = []
  const line = await openDaemon(t, response => held.push(response))
  for (const due of [noon, noon + minute])
    await send({ name: 'a', url: '/a' }, new Date(due), { ...line, log: () => {} })
  await eventually(() => held.length === 2)
  for (const response of held) response.end()
})

test('case 32: a FIFO queue has no periodic tasks, and a line of the log says so', async t => {
  const queueUrl = 'http://127.0.0.1/000000000000/line.fifo'
  const line = await openDaemon(t, ok, { queueUrl, cronFile: 'cron.yaml' })
  assert.ok(line.lines.some(text => / scheduler: cron\.yaml is not used: .*FIFO/.test(text)))
  await eventually(() => line.calls('ReceiveMessage').length > 0)
  assert.ok(!line.lines.some(text => text.includes('leader')))
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
