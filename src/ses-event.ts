/** What became of a mail that SES had taken. `delay`: not yet, and SES goes on trying. */
export type MailEventName = 'delivery' | 'bounce' | 'complaint' | 'reject' | 'delay'

/** What SES tells of a mail, for one of those it went to. */
export type MailEvent = {
  message_id: string
  event: MailEventName
  recipient: string
  /** In milliseconds since 1970. */
  at: number
  /** Of a bounce `Permanent`, `Transient` or `Undetermined`; of a delay or a complaint what SES calls its sort. */
  type: string | null
  subtype: string | null
  /** What the other mail server said, or why SES refuses. */
  answer: string | null
}

/** One message of SES: its events, and the mail they are about. */
export type SesMessage = {
  events: MailEvent[]
  /** The tag that `mail.ts` puts on; feedback of an identity has no tags. */
  job?: number
  messageId: string
  destination: string[]
  sentAt: number
}

type Json = Record<string, unknown>

/**
 * Reads an event of SES as a configuration set publishes it (`eventType`) or as the feedback of an identity has it
 * (`notificationType`), in the envelope of SNS or without (raw message delivery). Gives a message without events for
 * what is none of ours to keep, such as an opening; nothing for what can't be read. The fields are those of the SES
 * Developer Guide, "Contents of event data that Amazon SES publishes to Amazon SNS".
 */
export function readSesMessage(body: string): SesMessage | undefined {
  const outer = parse(body)
  const text = typeof outer?.['Message'] === 'string' ? outer['Message'] : body
  const inner = text === body ? outer : parse(text)
  if (!inner) return isGreeting(text) ? empty : undefined
  const name = inner['eventType'] ?? inner['notificationType']
  const mail = objectOf(inner['mail'])
  const messageId = textOf(mail['messageId'], 100)
  const sentAt = timeOf(mail['timestamp'])
  if (typeof name !== 'string' || !messageId || sentAt === undefined) return undefined
  const destination = textsOf(mail['destination'])
  const job = jobIn(mail)
  const about = { messageId, destination, sentAt, ...(job !== undefined && { job }) }
  const facts = Object.hasOwn(readers, name) ? readers[name]?.(inner) : { recipients: [] }
  if (!facts) return undefined
  return { ...about, events: eventsFrom(facts, about) }
}

/** SES writes this to a topic when it is connected to it. */
const isGreeting = (text: string) => /^Successfully validated SNS topic/.test(text)
const empty: SesMessage = { events: [], messageId: '', destination: [], sentAt: 0 }

type Recipient = { address: string; answer: string | null }
type Facts = {
  event?: MailEventName
  recipients: Recipient[]
  at?: number | undefined
  type?: string | null
  subtype?: string | null
  answer?: string | null
}

const readers: Record<string, (message: Json) => Facts> = {
  Delivery({ delivery }) {
    const { recipients, timestamp, smtpResponse } = objectOf(delivery)
    const answer = textOf(smtpResponse, mostAnswer)
    const all = textsOf(recipients).map(address => ({ address, answer }))
    return { event: 'delivery', recipients: all, at: timeOf(timestamp), answer }
  },
  Bounce({ bounce }) {
    const { bouncedRecipients, timestamp, bounceType, bounceSubType } = objectOf(bounce)
    const sort = { type: textOf(bounceType, 32), subtype: textOf(bounceSubType, 64) }
    const recipients = recipientsOf(bouncedRecipients)
    return { event: 'bounce', recipients, at: timeOf(timestamp), ...sort }
  },
  Complaint({ complaint }) {
    const { complainedRecipients, timestamp, complaintFeedbackType, complaintSubType } =
      objectOf(complaint)
    const sort = { type: textOf(complaintFeedbackType, 32), subtype: textOf(complaintSubType, 64) }
    const recipients = recipientsOf(complainedRecipients)
    return { event: 'complaint', recipients, at: timeOf(timestamp), ...sort }
  },
  Reject: ({ reject }) => ({
    event: 'reject',
    recipients: [],
    answer: textOf(objectOf(reject)['reason'], mostAnswer)
  }),
  DeliveryDelay({ deliveryDelay }) {
    const { delayedRecipients, timestamp, delayType } = objectOf(deliveryDelay)
    const recipients = recipientsOf(delayedRecipients)
    return { event: 'delay', recipients, at: timeOf(timestamp), type: textOf(delayType, 32) }
  }
}

/** As long as the column of the answer. */
const mostAnswer = 500

/** A bounce of an absence may name nobody (seen in the field): then it is about all that the mail went to. */
function eventsFrom(
  { event, recipients, at, type = null, subtype = null, answer = null }: Facts,
  { messageId, destination, sentAt }: Omit<SesMessage, 'events'>
): MailEvent[] {
  if (!event) return []
  const all = destination.map(address => ({ address, answer }))
  const named = recipients.length > 0 ? recipients : all
  return named.map(({ address, answer: own }) => ({
    ...{ message_id: messageId, event, recipient: address.slice(0, 254), at: at ?? sentAt },
    ...{ type, subtype, answer: own }
  }))
}

function recipientsOf(list: unknown): Recipient[] {
  return few(list).flatMap(one => {
    const { emailAddress, diagnosticCode } = objectOf(one)
    const address = textOf(emailAddress, 320)
    return address ? [{ address, answer: textOf(diagnosticCode, mostAnswer) }] : []
  })
}

function jobIn(mail: Json): number | undefined {
  const [text] = textsOf(objectOf(mail['tags'])['job'])
  return text && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined
}

function parse(text: string): Json | undefined {
  try {
    const value = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {}

const textsOf = (list: unknown): string[] => few(list).filter(one => typeof one === 'string')

/** SES sends a mail to no more; what somebody else has put on the queue may have any number, each a row. */
const mostRecipients = 50
const few = (list: unknown): unknown[] => (Array.isArray(list) ? list.slice(0, mostRecipients) : [])

/** Without a half of a character at the end, which MySQL would not take. */
const textOf = (value: unknown, most: number) =>
  typeof value === 'string' && value !== '' ? value.slice(0, most).toWellFormed() : null

function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}
