import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses'
import { awsPlace } from './aws.ts'
import type { Config } from './config.ts'
import * as count from './metrics/count.ts'
import { GiveUp, RetryLater } from './queue/outcome.ts'

/** A mail to one person; the sender is the configured one. */
export type Message = { to: string; subject: string; text: string; html: string }

export type Mail = ReturnType<typeof openMail>

/**
 * SES may close a connection that was kept at the moment in which the next mail goes over it, and nobody would know
 * whether it took the mail. A new one costs a few milliseconds.
 */
const ownConnection = { keepAlive: false }

/** Sends mail through SES (API v1). */
export function openMail(config: Config) {
  const ses = new SESClient({
    ...awsPlace(config, 'SES'),
    // The SDK would repeat a mail whose answer was lost, unseen by the effect ledger; the queue retries.
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: 3000,
      requestTimeout: 10_000,
      throwOnRequestTimeout: true,
      ...{ httpAgent: ownConnection, httpsAgent: ownConnection }
    }
  })
  return {
    /**
     * Gives the id that SES has for the mail. Throws `RetryLater` when SES is throttling and
     * `GiveUp` when it refuses the mail for good; in both cases nothing was sent. With a configuration set, the
     * events of SES name the job that the mail is for.
     */
    async send(message: Message, job?: number): Promise<{ messageId: string }> {
      const mail = { ...compose(config.MAIL_FROM, message), ...publishing(config, job) }
      const { MessageId } = await ses
        .send(new SendEmailCommand(mail))
        .catch(error => Promise.reject(judge(error)))
      count.mail('sent')
      return { messageId: MessageId as string }
    },

    close() {
      ses.destroy()
    }
  }
}

function compose(from: string, { to, subject, text, html }: Message) {
  const Charset = 'UTF-8'
  return {
    Source: encodeName(from),
    Destination: { ToAddresses: [to] },
    Message: {
      Subject: { Data: oneLine(subject), Charset },
      Body: { Text: { Data: text, Charset }, Html: { Data: html, Charset } }
    }
  }
}

/** What SES is to do with the events of a mail; its tags come back with each. */
function publishing({ MAIL_CONFIGURATION_SET }: Config, job?: number) {
  if (!MAIL_CONFIGURATION_SET) return {}
  const Tags = [{ Name: 'job', Value: String(job) }]
  return { ConfigurationSetName: MAIL_CONFIGURATION_SET, ...(job !== undefined && { Tags }) }
}

/** A line break in a header would begin another header. */
function oneLine(text: string) {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}

/** SES takes a name that is not ASCII only as encoded words (RFC 2047). */
function encodeName(from: string) {
  const [, name, address] = /^(.*?) ?<(.+)>$/.exec(from) ?? []
  if (!name || /^[\x20-\x7e]*$/.test(name)) return from
  const words = partsOf(name).map(part => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`)
  return `${words.join(' ')} <${address}>`
}

/** An encoded word has at most 75 characters (RFC 2047 §2): 12 of its own, and the base64 of 45 bytes. */
const bytesInWord = 45

/** Cuts text between characters, so that each part fits an encoded word. */
function partsOf(text: string): string[] {
  const parts = ['']
  for (const character of text) {
    const longer = parts.at(-1) + character
    if (Buffer.byteLength(longer) > bytesInWord) parts.push(character)
    else parts[parts.length - 1] = longer
  }
  return parts
}

const throttling = ['Throttling', 'ThrottlingException', 'TooManyRequestsException']
const refusals = ['MessageRejected', 'InvalidParameterValue', 'InvalidParameterValueException']

function judge(error: Error) {
  const reason = `SES: ${error.message}`
  if (throttling.includes(error.name) || error.name === 'LimitExceededException') {
    // The daily quota opens again within 24 hours, the rate within a second (SES Developer Guide,
    // "Managing your sending limits"); the jitter keeps the waiting jobs from coming back at once.
    count.mail('throttled')
    const seconds = /daily/i.test(error.message) ? 3600 : 2 + Math.random() * 8
    return new RetryLater(seconds, reason, { cause: error })
  }
  const isRefused = refusals.includes(error.name)
  count.mail(isRefused ? 'refused' : 'unheard')
  return isRefused ? new GiveUp(reason, { cause: error }) : error
}
