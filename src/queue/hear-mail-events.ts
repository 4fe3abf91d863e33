import type { Services } from '../services.ts'
import { readSesMessage, type SesMessage } from '../ses-event.ts'
import { now } from './clock.ts'
import { type KeptEvent, keepEvents } from './mail-event.ts'
import { ownerOf } from './mail-owner.ts'
import type { Message } from './side-queue.ts'

/** How many events were kept, and how many messages were left on the queue: unreadable, or too early. */
export type Heard = { kept: number; unreadable: number; early: number }

/** Rounds of ten in one run; the rest is heard in the next. */
const mostRounds = 100
/** A mail without a tag is known by its receipt, which may be written this much later than SES tells of it. */
const receiptWithin = 120_000

/**
 * Keeps what SES tells of mails, from the queue at `MAIL_EVENTS_QUEUE_URL`. A message is deleted when its events are
 * kept, never before. One that can't be read stays, and its queue moves it to the dead-letter queue of its own.
 */
export async function hearMailEvents(line: Services): Promise<Heard> {
  const heard = { kept: 0, unreadable: 0, early: 0 }
  for (let round = 0; round < mostRounds; round += 1) {
    const letters = await line.queue.mailEvents.look()
    if (letters.length === 0) break
    const read = letters.map(letter => ({ letter, message: readSesMessage(letter.body) }))
    const judged = await Promise.all(read.map(one => judge(line, one)))
    const events = judged.flatMap(({ events = [] }) => events)
    await keepEvents(line.database, events)
    await line.queue.mailEvents.dropAll(
      judged.flatMap(({ events, letter }) => (events ? letter : []))
    )
    heard.kept += events.length
    heard.unreadable += read.filter(({ message }) => !message).length
    heard.early += judged.filter(({ events }) => !events).length
  }
  heard.early -= heard.unreadable
  if (heard.unreadable > 0) line.log.warn({ ...heard }, unreadable)
  return heard
}

const unreadable =
  'messages on MAIL_EVENTS_QUEUE_URL are no events of SES: see who may send to that queue, and look at them in its dead-letter queue, where they go by themselves'

type Read = { letter: Message; message: SesMessage | undefined }

/** The events to keep; none of them where the message is to stay. */
async function judge(
  { database }: Services,
  { letter, message }: Read
): Promise<{ letter: Message; events?: KeptEvent[] }> {
  if (!message) return { letter }
  if (message.events.length === 0) return { letter, events: [] }
  const owner = await ownerOf(database, message)
  const isEarly = message.sentAt > now(database) - receiptWithin
  if (owner === undefined && message.job === undefined && isEarly) return { letter }
  return { letter, events: message.events.map(event => ({ ...event, job_id: owner ?? null })) }
}
