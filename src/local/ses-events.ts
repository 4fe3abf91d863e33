import { randomUUID } from 'node:crypto'
import type { StoredMail } from './mail-store.ts'

type Fate = { name: string; field: string; facts(address: string, timestamp: string): object }

const delivery: Fate = {
  ...{ name: 'Delivery', field: 'delivery' },
  facts: (address, timestamp) => ({
    ...{ timestamp, processingTimeMillis: 546, recipients: [address] },
    ...{ smtpResponse: '250 2.6.0 Message received', reportingMTA: 'mta.stand-in.example' }
  })
}

function bounce(bounceType: string, bounceSubType: string, code: object): Fate {
  return {
    ...{ name: 'Bounce', field: 'bounce' },
    facts: (emailAddress, timestamp) => ({
      ...{ bounceType, bounceSubType, timestamp, feedbackId: randomUUID() },
      bouncedRecipients: [{ emailAddress, ...code }]
    })
  }
}

const complaint: Fate = {
  ...{ name: 'Complaint', field: 'complaint' },
  facts: (emailAddress, timestamp) => ({
    complainedRecipients: [{ emailAddress }],
    ...{ timestamp, feedbackId: randomUUID(), complaintFeedbackType: 'abuse' }
  })
}

const unknown = {
  ...{ action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' }
}
const suppressed = {
  ...{ action: 'failed', status: '5.1.1' },
  diagnosticCode: 'Amazon SES has suppressed sending to this address because it has bounced before.'
}

/** What becomes of mails to the addresses of SES's mailbox simulator; all others are delivered. */
const simulated: Record<string, Fate[]> = {
  bounce: [bounce('Permanent', 'General', unknown)],
  suppressionlist: [bounce('Permanent', 'Suppressed', suppressed)],
  complaint: [delivery, complaint],
  ooto: [delivery, bounce('Transient', 'General', {})]
}

/**
 * The events of a mail as SES publishes them through SNS to SQS: a notification with the event as its text. A label is
 * no part of the address, as in `bounce+1@simulator.amazonses.com`.
 */
export function eventsAbout(mail: StoredMail, tags: [string, string][]): string[] {
  return mail.to.flatMap(address => {
    const [, name = ''] = /^([a-z]+)(?:\+[^@]*)?@simulator\.amazonses\.com$/.exec(address) ?? []
    const fates = Object.hasOwn(simulated, name) ? (simulated[name] as Fate[]) : [delivery]
    return fates.map(fate => enveloped(described(fate, mail, address, tags)))
  })
}

function described(
  { name, field, facts }: Fate,
  { id, from, to, subject, sentAt }: StoredMail,
  address: string,
  tags: [string, string][]
) {
  const common = { from: [from], to, messageId: id, subject }
  const mail = {
    ...{ timestamp: sentAt, source: from, sendingAccountId: '000000000000', messageId: id },
    ...{ destination: to, headersTruncated: false, headers: [], commonHeaders: common },
    tags: Object.fromEntries(tags.map(([tag, value]) => [tag, [value]]))
  }
  return { eventType: name, mail, [field]: facts(address, new Date().toISOString()) }
}

function enveloped(message: object) {
  return JSON.stringify({
    ...{ Type: 'Notification', MessageId: randomUUID() },
    TopicArn: 'arn:aws:sns:ap-northeast-1:000000000000:beanline-mail-events',
    Subject: 'Amazon SES Email Event Notification',
    ...{ Message: JSON.stringify(message), Timestamp: new Date().toISOString() }
  })
}
