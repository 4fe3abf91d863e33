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
    const messages = await line.queue.mailEvents.look()
    if (messages.length === 0) break
    const read = messages.map(message => ({ message, told: readSesMessage(message.body) }))
    const judged = await Promise.all(read.map(one => judge(line, one)))
    const events = judged.flatMap(({ events = [] }) => events)
    await keepEvents(line.database, events)
    await line.queue.mailEvents.dropAll(
      judged.flatMap(({ events, message }) => (events ? message : []))
    )
    heard.kept += events.length
    heard.unreadable += read.filter(({ told }) => !told).length
    heard.early += judged.filter(({ events }) => !events).length
  }
  heard.early -= heard.unreadable
  if (heard.unreadable > 0) line.log.warn({ ...heard }, unreadable)
  return heard
}

const unreadable =
  'messages on MAIL_EVENTS_QUEUE_URL are no events of SES: see who may send to that queue, and look at them in its dead-letter queue, where they go by themselves'

type Read = { message: Message; told: SesMessage | undefined }

/** The events to keep; none of them where the message is to stay. */
async function judge(
  { database }: Services,
  { message, told }: Read
): Promise<{ message: Message; events?: KeptEvent[] }> {
  if (!told) return { message }
  if (told.events.length === 0) return { message, events: [] }
  const owner = await ownerOf(database, told)
  const isEarly = told.sentAt > now(database) - receiptWithin
  if (owner === undefined && told.job === undefined && isEarly) return { message }
  return { message, events: told.events.map(event => ({ ...event, job_id: owner ?? null })) }
}
