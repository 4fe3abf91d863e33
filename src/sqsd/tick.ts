import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { Task } from './cron-file.ts'
import { isoSeconds, type Log } from './log.ts'
import { nextTick } from './schedule.ts'

type Queue = { sqs: SQSClient; queueUrl: string; log: Log }

/** Node's timers take no longer delay; a task that is due later is looked at again then. */
const longestDelay = 2_147_483_647

/** Puts a message on the queue for each task when it is due, in UTC; then it is a message as any other. */
export function startTicking(tasks: Task[], queue: Queue) {
  const timers = new Map<Task, NodeJS.Timeout>()

  function schedule(task: Task, after: Date) {
    const due = nextTick(task.schedule, after)
    if (!due) return
    const delay = due.getTime() - Date.now()
    const ring = () => {
      if (Date.now() >= due.getTime()) void send(task, due, queue)
      schedule(task, Date.now() >= due.getTime() ? due : after)
    }
    timers.set(task, setTimeout(ring, Math.min(Math.max(delay, 0), longestDelay)))
  }

  for (const task of tasks) schedule(task, new Date())
  return {
    stop() {
      for (const timer of timers.values()) clearTimeout(timer)
    }
  }
}

/** The message of a periodic task, as Amazon's daemon writes it. */
export async function send({ name, url }: Task, due: Date, { sqs, queueUrl, log }: Queue) {
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
  } catch (error) {
    log('scheduler', `failed to send message for job ${name}: ${error}`)
  }
}
