import { readFileSync } from 'node:fs'
import type { SQSClient } from '@aws-sdk/client-sqs'
import { openAcknowledge } from './acknowledge.ts'
import { readCronFile, type Task } from './cron-file.ts'
import { type Log, openLog } from './log.ts'
import { startPolling } from './poll.ts'
import { defaults, type Settings } from './settings.ts'
import { startTicking } from './tick.ts'
import { openWorker } from './worker.ts'

type Options = {
  /** Make it with `useQueueUrlAsEndpoint: false` when it has an endpoint of its own. */
  sqs: SQSClient
  log?: (line: string) => void
}

/**
 * Beanstalk's worker daemon: brings each message of the queue to the worker as a POST, deletes it when
 * the answer is exactly 200, and sends the periodic tasks of cron.yaml through the queue.
 * Throws, naming file and task, when cron.yaml is wrong.
 */
export async function startSqsd(
  given: Partial<Settings> & { queueUrl: string },
  { sqs, log: write = line => process.stdout.write(`${line}\n`) }: Options
) {
  const settings: Settings = { ...defaults, ...given }
  const { queueUrl } = settings
  const log = openLog(write)
  const tasks = readTasks(settings, log)
  const worker = openWorker(settings)
  const acknowledge = openAcknowledge(sqs, settings, log)
  log('start', `polling ${queueUrl}`)
  const ticking = startTicking(tasks, { sqs, queueUrl, log })
  const polling = startPolling({ settings, worker, acknowledge, log }, sqs)

  async function drain() {
    await Promise.all([ticking.stop(), polling.stop()])
    await acknowledge.close()
    log('stop', 'drained')
  }

  let drained: Promise<void> | undefined
  return {
    /** Stops receiving, lets the POSTs under way finish, gives the rest back. */
    stop() {
      drained ??= drain()
      return drained
    }
  }
}

function readTasks({ cronFile, queueUrl }: Settings, log: Log): Task[] {
  if (!cronFile) return []
  const tasks = readCronFile(readText(cronFile), cronFile, log)
  if (tasks.length === 0 || !queueUrl.endsWith('.fifo')) return tasks
  log('scheduler', `${cronFile} is not used: periodic tasks need a standard queue, not a FIFO one.`)
  return []
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}
