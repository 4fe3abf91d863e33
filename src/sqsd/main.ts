#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { SQSClient } from '@aws-sdk/client-sqs'
import { type Run, readCommand } from './command.ts'
import { startSqsd } from './daemon.ts'
import { helpText } from './help.ts'
import { type Log, openLog } from './log.ts'
import type { Settings } from './settings.ts'

/** `npm run sqsd`: the daemon by itself. Region, credentials and endpoint are the AWS SDK's own variables. */
async function start() {
  const command = readCommand(process.argv.slice(2), process.env)
  if (command === 'help') return print(helpText())
  if (command === 'version') return print(`${versionOfPackage()}\n`)
  const { settings, warnings, summary } = command
  const output = openOutput()
  process.on('exit', output.flush)
  const log = openLog(output.write, settings)
  const sqs = await openQueue(settings, log)
  log('init', summary)
  for (const warning of warnings) log('init', `warning: ${warning}`)
  const daemon = await startSqsd(settings, { sqs, log: output.write })
  stopOnSignals(daemon, settings, log)
}

/** A write to the log costs as much as a message, so the lines of one turn of the event loop go together. */
function openOutput() {
  let lines = ''
  const flush = () => {
    if (lines) print(lines)
    lines = ''
  }
  return {
    flush,
    write(line: string) {
      if (!lines) setImmediate(flush)
      lines += `${line}\n`
    }
  }
}

async function openQueue({ queueUrl }: Run['settings'], log: Log) {
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false })
  const region = await sqs.config.region().catch(() => {
    throw new Error('AWS_REGION is not set: set it to the region of the queue, as ap-northeast-1.')
  })
  warnOfElsewhere(region, queueUrl, log)
  // A machine that has just begun may have none yet, so it goes on and asks again.
  sqs.config.credentials().catch(() => {
    const how = 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role'
    log('init', `warning: there are no AWS credentials: ${how}`)
  })
  return sqs
}

/** The SDK asks the SQS of the region, whatever the URL of the queue says. */
function warnOfElsewhere(region: string, queueUrl: string, log: Log) {
  const { AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_SQS } = process.env
  const { host, hostname } = new URL(queueUrl)
  if (AWS_ENDPOINT_URL || AWS_ENDPOINT_URL_SQS || hostname.split('.').includes(region)) return
  const cure = 'set AWS_REGION to its region, or AWS_ENDPOINT_URL_SQS to its address'
  log('init', `warning: the queue is at ${host}, but SQS of ${region} is asked: ${cure}`)
}

/** Also when nobody reads the log any more: a daemon that nobody can see should not run. */
function stopOnSignals({ stop }: { stop(): Promise<void> }, settings: Partial<Settings>, log: Log) {
  let isStopping = false
  async function drain(code: number) {
    isStopping = true
    await stop()
    process.exit(code)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (isStopping || settings.faithfulKill) process.exit(isStopping ? 1 : 0)
      log('stop', `${signal}; a second one ends at once`)
      drain(0)
    })
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE' && !isStopping) drain(1)
  })
}

function print(text: string) {
  process.stdout.write(text)
}

function versionOfPackage(): string {
  const file = new URL('../../package.json', import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')).version
}

// Else a log without a reader, or a full disk, would end the daemon in the middle of its POSTs.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

start().catch(error => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
