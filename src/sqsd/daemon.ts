import { readFileSync } from 'node:fs'
import type { SQSClient } from '@aws-sdk/client-sqs'
import { openAcknowledge } from './acknowledge.ts'
import { readCronFile } from './cron-file.ts'
import { openLog } from './log.ts'
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
  const log = openLog(write)
  const { cronFile, queueUrl } = settings
  const tasks = cronFile ? readCronFile(readFileSync(cronFile, 'utf8'), cronFile, log) : []
  const worker = openWorker(settings)
  const acknowledge = openAcknowledge(sqs, settings, log)
  log('start', `polling ${queueUrl}`)
  const ticking = startTicking(tasks, { sqs, queueUrl, log })
  const polling = startPolling({ settings, worker, acknowledge, log }, sqs)
  return {
    /** Stops receiving, lets the POSTs under way finish, gives the rest back. */
    async stop() {
      ticking.stop()
      await polling.stop()
      await acknowledge.close()
      await worker.close()
      log('stop', 'drained')
    }
  }
}
