#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { SQSClient } from '@aws-sdk/client-sqs'
import { helpText, readCommand } from './command.ts'
import { startSqsd } from './daemon.ts'
import { openLog } from './log.ts'
import type { Settings } from './settings.ts'

/** `npm run sqsd`: the daemon by itself. Region, credentials and endpoint are the AWS SDK's own variables. */
async function start() {
  const command = readCommand(process.argv.slice(2), process.env)
  if (command === 'help') return print(helpText())
  if (command === 'version') return print(`${versionOfPackage()}\n`)
  const { settings, warnings } = command
  const output = openOutput()
  const log = openLog(output.write, settings)
  for (const warning of warnings) log('init', `warning: ${warning}`)
  process.on('exit', output.flush)
  await run(settings, output.write)
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

async function run(
  settings: Partial<Settings> & { queueUrl: string },
  log: (line: string) => void
) {
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false })
  await sqs.config.region().catch(() => {
    throw new Error('AWS_REGION is not set: set it to the region of the queue, as ap-northeast-1.')
  })
  const daemon = await startSqsd(settings, { sqs, log })
  let isStopping = false
  const stop = async () => {
    if (isStopping || settings.faithfulKill) process.exit(isStopping ? 1 : 0)
    isStopping = true
    await daemon.stop()
    sqs.destroy()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

function print(text: string) {
  process.stdout.write(text)
}

function versionOfPackage(): string {
  const file = new URL('../../package.json', import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')).version
}

start().catch(error => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
