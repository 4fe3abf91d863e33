import type { SQSClient } from '@aws-sdk/client-sqs'
import { openAcknowledge } from './acknowledge.ts'
import { readCronFile, type Task } from './cron-file.ts'
import { addFaults, cutAfter } from './faults.ts'
import { openHealth, serveHealth } from './health.ts'
import { startLeading } from './leader.ts'
import { type Log, openLog } from './log.ts'
import { startPolling } from './poll.ts'
import { readText } from './read-text.ts'
import { alone, openRegistry } from './registry.ts'
import { amazonVersion } from './request.ts'
import { defaults, type Settings } from './settings.ts'
import { startTicking } from './tick.ts'
import { openWorker } from './worker.ts'

type Options = {
  /** For this daemon alone; make it with `useQueueUrlAsEndpoint: false` when it has an endpoint of its own. */
  sqs: SQSClient
  log?: (line: string) => void
}

/**
 * Beanstalk's worker daemon: brings each message of the queue to the worker as a POST, deletes it when
 * the answer is exactly 200, and sends the periodic tasks of cron.yaml through the queue.
 * Throws a sentence when cron.yaml is wrong, or the registry or the health port can't be had.
 */
export async function startSqsd(
  given: Partial<Settings> & { queueUrl: string },
  { sqs, log: write = line => process.stdout.write(`${line}\n`) }: Options
) {
  const settings: Settings = { ...defaults, ...given }
  const { queueUrl, faults, healthPort } = settings
  const log = openLog(write, settings)
  log('init', `initializing sqsd, as aws-sqsd ${amazonVersion}`)
  const tasks = readTasks(settings, log)
  const health = openHealth(settings)
  const server = healthPort === undefined ? undefined : await serveHealth(health, healthPort)
  if (server) log('health', `http://127.0.0.1:${server.port}/health`)
  const ticking = await startTasks(tasks, settings, sqs, log).catch(error => {
    server?.close()
    throw error
  })
  if (faults) addFaults(sqs, faults, settings.seed)
  const opened = openWorker(settings)
  const worker = faults?.cut ? cutAfter(opened, faults.cut) : opened
  const acknowledge = openAcknowledge(sqs, settings, log)
  log('start', `polling ${queueUrl}`)
  const polling = startPolling({ settings, worker, acknowledge, log }, sqs, health)

  async function drain() {
    await Promise.all([ticking.stop(), polling.stop()])
    await acknowledge.close()
    server?.close()
    log('stop', 'drained')
  }

  let drained: Promise<void> | undefined
  return {
    /** Where `GET /health` answers, if it does. */
    healthPort: server?.port,
    /** Stops receiving, lets the POSTs under way finish, gives the rest back. */
    stop() {
      drained ??= drain()
      return drained
    }
  }
}

const everyTick =
  'without a registry this daemon sends every tick: give the others of its queue no cron.yaml'

/** Periodic tasks: sent by this daemon when it has the queue to itself, else by the one that leads. */
async function startTasks(tasks: Task[], settings: Settings, sqs: SQSClient, log: Log) {
  const { queueUrl, registryUrl } = settings
  if (tasks.length === 0) {
    if (registryUrl) log('scheduler', 'the registry is not used: there are no periodic tasks')
    return { stop: async () => {} }
  }
  if (!registryUrl) log('scheduler', everyTick)
  const registry = registryUrl ? await openRegistry(registryUrl, queueUrl) : alone
  const queue = { sqs, queueUrl, log }
  const begin = (isLeading: () => boolean) => startTicking(tasks, queue, registry, isLeading)
  const leading = startLeading(registry, begin, log)
  return {
    async stop() {
      await leading.stop()
      await registry.close()
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
