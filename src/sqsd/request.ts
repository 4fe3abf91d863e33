import type { Message } from '@aws-sdk/client-sqs'
import { isoSeconds, type Log } from './log.ts'
import type { Settings } from './settings.ts'

/** What is POSTed for a message. */
export type Request = { path: string; headers: Record<string, string>; body: string }

/** The version of Amazon's daemon whose requests these are. */
export const amazonVersion = '3.0.5'

/** Attributes of this prefix steer the daemon and are never passed on. */
const steering = 'beanstalk.sqsd.'

/**
 * The request for a message. One with `beanstalk.sqsd.scheduled_time` is a periodic task: it goes
 * to its own path and has no body, whatever the message's body says.
 */
export function toRequest(message: Message, settings: Settings, log: Log): Request {
  const scheduledAt = attribute(message, 'scheduled_time')
  const path = attribute(message, 'path')
  const isTask = scheduledAt !== undefined
  const headers = {
    ...attributeHeaders(message, log),
    'Content-Type': settings.mimeType,
    'User-Agent': `aws-sqsd/${amazonVersion}`,
    'Accept-Encoding': 'gzip, compressed',
    ...messageHeaders(message, settings),
    'X-Aws-Sqsd-Path': path ?? (settings.pathHeader === 'all' ? settings.httpPath : ''),
    ...(isTask ? taskHeaders(message, scheduledAt) : {})
  }
  return {
    path: isTask && path ? path : settings.httpPath,
    body: isTask ? '' : (message.Body ?? ''),
    headers: onTheWire(settings.nginxHeaders ? withoutOddNames(headers) : headers, log)
  }
}

function messageHeaders({ MessageId = '', Attributes = {} }: Message, { queueUrl }: Settings) {
  const { ApproximateReceiveCount = '1', SenderId = '' } = Attributes
  return {
    'X-Aws-Sqsd-Msgid': MessageId,
    'X-Aws-Sqsd-Queue': queueUrl.split('/').at(-1) ?? '',
    'X-Aws-Sqsd-Receive-Count': ApproximateReceiveCount,
    'X-Aws-Sqsd-First-Received-At': time(Attributes.ApproximateFirstReceiveTimestamp),
    'X-Aws-Sqsd-Sent-At': time(Attributes.SentTimestamp),
    'X-Aws-Sqsd-Sender-Id': SenderId
  }
}

function taskHeaders(message: Message, scheduledAt: string) {
  return {
    'X-Aws-Sqsd-Taskname': attribute(message, 'task_name') ?? '',
    // `2026-11-23 10:20:00 UTC` in the attribute, ISO 8601 in the header.
    'X-Aws-Sqsd-Scheduled-At': scheduledAt.replace(/^(\S+) (\S+) UTC$/, '$1T$2Z')
  }
}

/**
 * Custom attributes, each word between dashes capitalised as the HTTP library of Amazon's daemon
 * does. Only strings and numbers go out.
 */
function attributeHeaders({ MessageAttributes = {} }: Message, log: Log) {
  const headers: Record<string, string> = {}
  for (const [name, { DataType = '', StringValue }] of Object.entries(MessageAttributes)) {
    if (name.startsWith(steering)) continue
    if (/^(String|Number)/.test(DataType) && StringValue !== undefined)
      headers[`X-Aws-Sqsd-Attr-${capitalise(name)}`] = StringValue
    else omit(log, `Message attribute ${name}`, `unsupported data type ${DataType}`)
  }
  return headers
}

/** nginx drops them silently (`underscores_in_headers off`, `ignore_invalid_headers on`). */
function withoutOddNames(headers: Record<string, string>) {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => /^[A-Za-z0-9-]+$/.test(name))
  )
}

function capitalise(name: string) {
  return name.toLowerCase().replace(/(^|-)([a-z])/g, match => match.toUpperCase())
}

/** A token (RFC 9110 §5.1); Amazon's queue takes no other names, but one of another maker may. */
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/**
 * The headers as Node takes them: it writes latin1, so each byte of UTF-8 becomes a character. What
 * holds a line break could start a header of its own, and is left out.
 */
function onTheWire(headers: Record<string, string>, log: Log) {
  const safe: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers))
    if (!headerName.test(name))
      omit(log, name.replace(/[^\x20-\x7e]/g, '?'), 'it is no name of a header')
    else if (/^[\t\x20-\x7e]*$/.test(value)) safe[name] = value
    else if (/[^\P{Cc}\t]/u.test(value)) omit(log, name, 'it holds control characters')
    else safe[name] = Buffer.from(value, 'utf8').toString('latin1')
  return safe
}

function omit(log: Log, what: string, reason: string) {
  log('attribute skipped', `${what} omitted from HTTP header: ${reason}`)
}

function attribute({ MessageAttributes }: Message, name: string): string | undefined {
  return MessageAttributes?.[`${steering}${name}`]?.StringValue
}

/** Nothing when it is no time: a queue that is not Amazon's may send anything. */
function time(milliseconds: string | undefined) {
  const date = new Date(Number(milliseconds || Number.NaN))
  return Number.isNaN(date.getTime()) ? '' : isoSeconds(date.getTime())
}
