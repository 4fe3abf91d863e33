import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { eventually } from '../../test/engine.ts'
import { startAws } from '../local/aws.ts'
import { parseSchedule } from './schedule.ts'
import { startTicking } from './tick.ts'

const noon = Date.parse('2026-03-08T12:00:00Z')
const minute = 60_000

/** Ticking that began 200 ms before noon; the clock then stands where `lateness` puts it. */
async function open(t: TestContext, schedule: string, lateness: number) {
  const aws = await startAws(0, 3)
  t.after(() => aws.close())
  const lines: string[] = []
  t.mock.timers.enable({ apis: ['Date'], now: noon - 200 })
  const task = { name: 'sweep', url: '/cron/sweep', schedule: parseSchedule(schedule) }
  const log = (category: string, text: string) => lines.push(`${category}: ${text}`)
  const ticking = startTicking([task], { ...aws, log })
  t.after(() => ticking.stop())
  t.mock.timers.setTime(noon + lateness)
  const receive = async () => {
    const query = { QueueUrl: aws.queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }
    const { Messages = [] } = await aws.sqs.send(
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

test('a task that is due is sent as a message of three attributes', async t => {
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
  // The ticking's own timer of 200 ms is older, so it has rung by then.
  await setTimeout(250)
  assert.deepEqual(lines, [])
  t.mock.timers.setTime(noon)
  await eventually(() => lines.length === 1)
})
