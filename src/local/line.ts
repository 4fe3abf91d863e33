import { join, resolve } from 'node:path'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { type LocalConfig, readConfig } from '../config.ts'
import { migrate } from '../database.ts'
import { kinds } from '../jobs/index.ts'
import {
  errorVisibilityTimeoutSeconds,
  host,
  inactivityTimeoutSeconds,
  maxReceives,
  tierEnvironment
} from '../local-environment.ts'
import { closePool } from '../pdf/pool.ts'
import { resendAll } from '../queue/sweep.ts'
import { readSchedule } from '../schedule.ts'
import { openServices } from '../services.ts'
import { startSqsd } from '../sqsd/daemon.ts'
import { startTracing } from '../trace.ts'
import { buildWeb } from '../web/app.ts'
import { workedLine } from '../worked-line.ts'
import { buildWorker } from '../worker/app.ts'
import { startAws } from './aws.ts'
import { holdFolder } from './folder.ts'
import { buildMailbox } from './ses.ts'

export type LocalLine = Awaited<ReturnType<typeof startLine>>

const cronFile = resolve(import.meta.dirname, '../../cron.yaml')

/**
 * The whole line on one machine: SQS and S3, SES with its mailbox, web tier, worker tier and sqsd, in
 * one process, so that killing it kills all of it. Port 0 is any free one. What an earlier process
 * left unfinished is sent again, since the queue's stand-in forgets; a job in whose work the process
 * has died three times is failed instead (docs/states.md).
 */
export async function startLine(local: LocalConfig, log: FastifyBaseLogger) {
  const opened: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const end of opened.splice(0).reverse()) await end()
  }
  try {
    const release = holdFolder(resolve(local.DATA_DIR))
    opened.push(async () => release())
    const tracing = await startTracing(local, 'beanline', log)
    opened.push(() => tracing.stop())
    const aws = await startAws(local.AWS_PORT, maxReceives)
    opened.push(() => aws.close())
    const file = join(local.DATA_DIR, 'mails.jsonl')
    const mailbox = await buildMailbox({ file, publish: aws.publishMailEvent })
    const mailboxUrl = await listen(mailbox, local.MAILBOX_PORT)
    opened.push(() => mailbox.close())

    const config = readConfig(tierEnvironment(local, aws, mailboxUrl))
    const services = openServices(config, log)
    opened.push(() => services.close())
    await migrate(services.database)
    const line = { ...services, kinds, schedule: readSchedule() }

    const stopping = new AbortController()
    const work = workedLine(services)
    const worker = buildWorker(work, stopping.signal)
    const workerUrl = await listen(worker, local.WORKER_PORT)
    opened.push(async () => {
      // sqsd has waited for its jobs; a long one ends here, and begins again at the next start.
      stopping.abort(new Error('The local line was asked to stop.'))
      await worker.close()
      await closePool()
    })
    const web = await buildWeb(line)
    const webUrl = await listen(web, local.PORT)
    opened.push(() => web.close())
    config.PUBLIC_URL = webUrl

    await resendAll(work)
    await work.announcer?.catchUp()
    const sqsd = await startSqsd(sqsdSettings(aws.queueUrl, workerUrl), {
      sqs: aws.sqs,
      log: text => log.debug({ sqsd: true }, text)
    })
    opened.push(() => sqsd.stop())
    return {
      webUrl,
      workerUrl,
      mailboxUrl,
      awsUrl: aws.endpoint,
      queueUrl: aws.queueUrl,
      line,
      close
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function listen(app: FastifyInstance, port: number) {
  await app.listen({ host, port })
  const bound = app.server.address() as { port: number }
  return `http://${host}:${bound.port}`
}

/** As .ebextensions/30-worker-sqsd.config, except that a failed job comes again sooner. */
function sqsdSettings(queueUrl: string, workerUrl: string) {
  return {
    queueUrl,
    httpUrl: workerUrl,
    httpConnections: 5,
    inactivityTimeoutSeconds,
    visibilityTimeoutSeconds: 720,
    connectTimeoutSeconds: 10,
    errorVisibilityTimeoutSeconds,
    retentionPeriodSeconds: 1_209_600,
    waitTimeSeconds: 1,
    drainSeconds: 20,
    cronFile
  }
}
