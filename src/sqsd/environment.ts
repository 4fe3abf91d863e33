import { existsSync } from 'node:fs'
import { ranges, type Settings } from './settings.ts'

type Environment = Record<string, string | undefined>

const numbers = {
  HTTP_CONNECTIONS: 'httpConnections',
  CONNECT_TIMEOUT: 'connectTimeoutSeconds',
  INACTIVITY_TIMEOUT: 'inactivityTimeoutSeconds',
  VISIBILITY_TIMEOUT: 'visibilityTimeoutSeconds',
  ERROR_VISIBILITY_TIMEOUT: 'errorVisibilityTimeoutSeconds',
  RETENTION_PERIOD: 'retentionPeriodSeconds',
  WAIT_TIME: 'waitTimeSeconds',
  DRAIN_TIME: 'drainSeconds'
} as const

/** The texts, each with what it must look like. */
const texts = {
  HTTP_URL: ['httpUrl', isOrigin, 'a URL without a path, as http://127.0.0.1:8080'],
  HTTP_PATH: ['httpPath', isPath, 'a path that begins with "/"'],
  MIME_TYPE: ['mimeType', isMimeType, 'a MIME type, as application/json']
} as const

/** The settings that the environment variables give. Throws one sentence for each that is wrong. */
export function readEnvironment(environment: Environment) {
  const problems: string[] = []
  const queueUrl = environment['QUEUE_URL'] ?? ''
  if (!URL.canParse(queueUrl)) problems.push('QUEUE_URL: set it to the URL of the SQS queue.')
  const settings: Partial<Settings> & { queueUrl: string } = { queueUrl }
  for (const [name, key] of Object.entries(numbers)) {
    const text = environment[name]
    const [low, high] = ranges[key]
    if (!text) continue
    if (isBetween(text, low, high)) settings[key] = Number(text)
    else problems.push(`${name} is "${text}": set it to a whole number from ${low} to ${high}.`)
  }
  for (const [name, [key, isRight, kind]] of Object.entries(texts)) {
    const text = environment[name]
    if (!text) continue
    if (isRight(text)) settings[key] = text
    else problems.push(`${name} is "${text}": set it to ${kind}.`)
  }
  if (problems.length > 0) throw new Error(problems.join('\n'))
  const cronFile = environment['CRON_FILE'] ?? (existsSync('cron.yaml') ? 'cron.yaml' : '')
  if (cronFile) settings.cronFile = cronFile
  return settings
}

function isBetween(text: string, low: number, high: number) {
  return /^\d+$/.test(text) && Number(text) >= low && Number(text) <= high
}

function isOrigin(text: string) {
  if (!URL.canParse(text)) return false
  const { protocol, pathname, search, hash } = new URL(text)
  return /^https?:$/.test(protocol) && pathname === '/' && !search && !hash
}

/** As the request line takes it: anything else must be percent-encoded. */
function isPath(text: string) {
  return /^\/[\x21-\x7e]*$/.test(text)
}

function isMimeType(text: string) {
  return /^[\w.+-]+\/[\w.+-]+( *;[\x20-\x7e]*)?$/.test(text)
}
