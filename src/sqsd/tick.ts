import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { Task } from './cron-file.ts'
import { within } from './limit.ts'
import { isoSeconds, type Log } from './log.ts'
import type { Registry } from './registry.ts'
import { nextTick } from './schedule.ts'

type Queue = { sqs: SQSClient; queueUrl: string; log: Log }

/** Node's timers take no longer delay; a task that is due later is looked at again then. */
const longestDelay = 2_147_483_647
/** A tick missed for longer is skipped, as Amazon's daemon does after a change of leader. */
const graceMilliseconds = 300_000
const retryMilliseconds = 5_000
/** Less than what is left of the lease: a call that is silent for longer might end under another leader. */
const sendMilliseconds = 4_000
/** A clock that was ahead for a while leaves times behind that must not silence the task until then. */
const aheadMilliseconds = 60_000

/**
 * Puts a message on the queue for each task when it is due, in UTC; then it is a message as any
 * other. What was missed, by a sleep of the machine or because no daemon ran, is due once, not once
 * for every tick. The registry hears of a tick after it was sent: one that dies in between sends it
 * again, with the same time, rather than not at all.
 */
export function startTicking(
  tasks: Task[],
  queue: Queue,
  registry: Registry,
  isLeading: () => boolean = () => true
) {
  const timers = new Map<Task, NodeJS.Timeout>()
  const busy = new Set<Promise<void>>()
  let isStopped = false

  function track(work: Promise<void>) {
    const tracked = work.finally(() => busy.delete(tracked))
    busy.add(tracked)
  }

  /** A task that is new here begins now; nothing of its past is due. */
  async function resume(task: Task) {
    try {
      const until = await tickedUntil(task)
      if (until === undefined) await registry.record(task.name, Date.now())
      planNext(task, until ?? Date.now())
    } catch (error) {
      queue.log('scheduler', `task ${task.name}: ${(error as Error).message}`)
      again(task, retryMilliseconds, () => resume(task))
    }
  }

  function planNext(task: Task, after: number) {
    const due = nextTick(task.schedule, new Date(after))
    if (due) plan(task, due, due.getTime() - Date.now())
  }

  function plan(task: Task, due: Date, delay: number) {
    again(task, Math.min(Math.max(delay, 0), longestDelay), () => ring(task, due))
  }

  function again(task: Task, milliseconds: number, work: () => Promise<void>) {
    if (!isStopped)
      timers.set(
        task,
        setTimeout(() => track(work()), milliseconds)
      )
  }

  async function ring(task: Task, due: Date) {
    const lateness = Date.now() - due.getTime()
    if (lateness < 0) return plan(task, due, -lateness)
    if (!isLeading() || !(await settle(task, due, lateness)))
      return plan(task, due, retryMilliseconds)
    planNext(task, Math.max(Date.now(), due.getTime()))
  }

  /** True when nothing is left to do for the tick: it was sent, now or by another daemon, or is too old. */
  async function settle(task: Task, due: Date, lateness: number): Promise<boolean> {
    try {
      if (((await tickedUntil(task)) ?? 0) >= due.getTime()) return true
      if (lateness >= graceMilliseconds)
        queue.log('scheduler', `task ${task.name} skipped, due at ${isoSeconds(due.getTime())}`)
      else await send(task, due, queue)
      await registry.record(task.name, Date.now())
      return true
    } catch (error) {
      queue.log('scheduler', `failed to send message for job ${task.name}: ${error}`)
      return false
    }
  }

  async function tickedUntil({ name }: Task): Promise<number | undefined> {
    const until = await registry.tickedUntil(name)
    return (until ?? 0) > Date.now() + aheadMilliseconds ? undefined : until
  }

  for (const task of tasks) track(resume(task))
  return {
    async stop() {
      isStopped = true
      for (const timer of timers.values()) clearTimeout(timer)
      await Promise.all(busy)
    }
  }
}

/** Sends the message of a periodic task, as Amazon's daemon writes it. */
export async function send(
  { name, url }: Pick<Task, 'name' | 'url'>,
  due: Date,
  { sqs, queueUrl, log }: Queue
) {
  const string = (StringValue: string) => ({ DataType: 'String', StringValue })
  const scheduledTime = isoSeconds(due.getTime()).replace('T', ' ').replace('Z', ' UTC')
  const message = {
    QueueUrl: queueUrl,
    MessageBody: 'elasticbeanstalk scheduled job',
    MessageAttributes: {
      'beanstalk.sqsd.path': string(url),
      'beanstalk.sqsd.task_name': string(name),
      'beanstalk.sqsd.scheduled_time': string(scheduledTime)
    }
  }
  await within(sendMilliseconds, options => sqs.send(new SendMessageCommand(message), options))
  log('scheduler', `task ${name} sent for ${scheduledTime}`)
}
