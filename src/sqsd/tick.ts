import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { Task } from './cron-file.ts'
import { isoSeconds, type Log } from './log.ts'
import { nextTick } from './schedule.ts'

type Queue = { sqs: SQSClient; queueUrl: string; log: Log }

/** Node's timers take no longer delay; a task that is due later is looked at again then. */
const longestDelay = 2_147_483_647
/** A tick missed for longer is skipped, as Amazon's daemon does after a change of leader. */
const graceMilliseconds = 300_000
const retryMilliseconds = 5_000

/**
 * Puts a message on the queue for each task when it is due, in UTC; then it is a message as any
 * other. After a sleep of the machine a task is due once, not once for every tick it missed.
 */
export function startTicking(tasks: Task[], queue: Queue) {
  const timers = new Map<Task, NodeJS.Timeout>()
  const sending = new Set<Promise<void>>()
  let isStopped = false

  function planNext(task: Task, after: number) {
    const due = nextTick(task.schedule, new Date(after))
    if (due) plan(task, due, due.getTime() - Date.now())
  }

  function plan(task: Task, due: Date, delay: number) {
    if (isStopped) return
    const milliseconds = Math.min(Math.max(delay, 0), longestDelay)
    timers.set(task, setTimeout(begin, milliseconds, task, due))
  }

  function begin(task: Task, due: Date) {
    const ringing = ring(task, due).finally(() => sending.delete(ringing))
    sending.add(ringing)
  }

  async function ring(task: Task, due: Date) {
    const lateness = Date.now() - due.getTime()
    if (lateness < 0) return plan(task, due, -lateness)
    if (lateness >= graceMilliseconds)
      queue.log('scheduler', `task ${task.name} skipped, due at ${isoSeconds(due.getTime())}`)
    else if (!(await send(task, due, queue))) return plan(task, due, retryMilliseconds)
    planNext(task, Math.max(Date.now(), due.getTime()))
  }

  for (const task of tasks) planNext(task, Date.now())
  return {
    async stop() {
      isStopped = true
      for (const timer of timers.values()) clearTimeout(timer)
      await Promise.all(sending)
    }
  }
}

/** Sends the message of a periodic task, as Amazon's daemon writes it; tells whether SQS took it. */
export async function send(
  { name, url }: Pick<Task, 'name' | 'url'>,
  due: Date,
  { sqs, queueUrl, log }: Queue
): Promise<boolean> {
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
  try {
    await sqs.send(new SendMessageCommand(message))
    log('scheduler', `task ${name} sent for ${scheduledTime}`)
    return true
  } catch (error) {
    log('scheduler', `failed to send message for job ${name}: ${error}`)
    return false
  }
}
