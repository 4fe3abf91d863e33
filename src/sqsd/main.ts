import { existsSync } from 'node:fs'
import { SQSClient } from '@aws-sdk/client-sqs'
import { startSqsd } from './daemon.ts'
import { defaults, type Settings } from './settings.ts'

/** Which variable sets what, with the range that Amazon gives for it. */
const numbers = {
  HTTP_CONNECTIONS: ['httpConnections', 1, 100],
  CONNECT_TIMEOUT: ['connectTimeoutSeconds', 1, 60],
  INACTIVITY_TIMEOUT: ['inactivityTimeoutSeconds', 1, 36_000],
  VISIBILITY_TIMEOUT: ['visibilityTimeoutSeconds', 0, 43_200],
  ERROR_VISIBILITY_TIMEOUT: ['errorVisibilityTimeoutSeconds', 0, 43_200],
  RETENTION_PERIOD: ['retentionPeriodSeconds', 60, 1_209_600],
  WAIT_TIME: ['waitTimeSeconds', 0, 20],
  DRAIN_TIME: ['drainSeconds', 0, 43_200]
} as const

const texts = { HTTP_URL: 'httpUrl', HTTP_PATH: 'httpPath', MIME_TYPE: 'mimeType' } as const

/** `npm run sqsd`: the daemon by itself. Region, credentials and endpoint are the AWS SDK's own variables. */
async function start() {
  const settings = readSettings(process.env)
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false })
  const daemon = await startSqsd(settings, { sqs })
  let isStopping = false
  const stop = async () => {
    if (isStopping) process.exit(1)
    isStopping = true
    await daemon.stop()
    sqs.destroy()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

function readSettings(environment: NodeJS.ProcessEnv): Partial<Settings> & { queueUrl: string } {
  const queueUrl = environment['QUEUE_URL']
  if (!queueUrl) throw new Error('QUEUE_URL is not set: set it to the URL of the SQS queue.')
  const settings: Record<string, string | number> = { queueUrl }
  for (const [name, [key, low, high]] of Object.entries(numbers)) {
    const text = environment[name]
    if (text) settings[key] = readNumber(name, text, low, high)
  }
  for (const [name, key] of Object.entries(texts))
    settings[key] = environment[name] || defaults[key]
  const cronFile = environment['CRON_FILE'] ?? (existsSync('cron.yaml') ? 'cron.yaml' : '')
  return { ...settings, ...(cronFile ? { cronFile } : {}), queueUrl }
}

function readNumber(name: string, text: string, low: number, high: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= low && value <= high) return value
  throw new Error(
    `${name} is "${text}": set it to whole seconds (connections) from ${low} to ${high}.`
  )
}

start().catch(error => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
