import { now } from '../queue/clock.ts'
import { type Ended, endedSince, usedKeys } from '../queue/ended.ts'
import { enqueue } from '../queue/enqueue.ts'
import * as jobs from '../queue/job.ts'
import type { Announcer } from '../queue/perform.ts'
import * as webhooks from '../queue/webhook.ts'
import { remember } from '../remember.ts'
import type { Services } from '../services.ts'
import { type End, eventOf, isEnd, keyOf, messageAbout, orderFor, wants } from './message.ts'

/** For so long a process knows the endpoints without asking: without any, a job costs no statement. */
const knownSeconds = 5
/** A job that ended so long before a look may have come to light after it: its statement took its time. */
const overlap = 120_000
const pageSize = 500
/** What a look does not reach is left to the next. */
const mostPages = 400

/**
 * Orders a delivery for each endpoint that wants to know how a job has ended: at once, and by the sweep for whatever
 * was missed since it last looked. One end is told to one endpoint by one delivery, however often it is ordered.
 * Nobody is told of the kinds that are `silent`, which deliveries are themselves.
 */
export function openAnnouncer(services: Services, silent: string[]): Announcer {
  const { database, log, underway } = services
  const open = remember(knownSeconds, () => openWebhooks(services))

  async function tell({ id, kind }: Pick<jobs.Job, 'id' | 'kind'>) {
    if (silent.includes(kind)) return
    const known = await open()
    if (known.length > 0) await order(services, known, id)
  }

  return {
    announce(job) {
      const missed = (err: Error) =>
        log.warn({ err, job: job.id }, 'end of a job not announced; the sweep will do it')
      void underway.add(tell(job).catch(missed))
    },

    async catchUp() {
      const known = await openWebhooks(services)
      if (known.length === 0) return 0
      const look = { known, silent, since: Math.min(...known.map(sinceOf)), until: now(database) }
      const finished = await catchUpOn(services, 'finished', look)
      const failed = await catchUpOn(services, 'failed', look)
      await webhooks.noteAnnounced(database, known, Math.min(finished.until, failed.until))
      return finished.count + failed.count
    }
  }
}

const openWebhooks = async ({ database }: Services) =>
  (await webhooks.all(database)).filter(({ paused_at }) => paused_at === null)

/** What ended before an endpoint was made is none of its business. */
const sinceOf = ({ announced_until, made_at }: webhooks.Webhook) =>
  Math.max(made_at, announced_until - overlap)

type Look = { known: webhooks.Webhook[]; silent: string[]; since: number; until: number }

/** Gives how many deliveries were missing, and until when none is by now. */
async function catchUpOn(services: Services, state: End, { known, silent, since, until }: Look) {
  let [count, from, size] = [0, since, pageSize]
  for (let page = 0; page < mostPages; page += 1) {
    const ended = await endedSince(services.database, state, from, size)
    const loud = ended.filter(({ kind }) => !silent.includes(kind))
    count += await orderMissing(services, known, eventOf(state), loud)
    const last = ended.at(-1)?.finished_at
    if (last === undefined || ended.length < size) return { count, until }
    // So many of one moment: they come again, with what is behind them.
    size = last === from ? size * 2 : pageSize
    from = last
  }
  return { count, until: from }
}

async function orderMissing(
  services: Services,
  known: webhooks.Webhook[],
  event: webhooks.Event,
  ended: Ended[]
) {
  const wanted = ended.flatMap(job =>
    known
      .filter(one => wants(one, event, job.kind) && job.finished_at >= one.made_at)
      .map(webhook => ({ job, webhook, key: keyOf(webhook, event, job) }))
  )
  if (wanted.length === 0) return 0
  const keys = wanted.map(({ key }) => key)
  const used = await usedKeys(services.database, keys)
  const missing = wanted.filter(({ key }) => !used.has(key))
  for (const { job, webhook } of missing) await order(services, [webhook], job.id)
  return missing.length
}

/** As the job is now; one that the operator has sent back in this moment is told of when it ends again. */
async function order(services: Services, known: webhooks.Webhook[], id: number) {
  const job = await jobs.find(services.database, id)
  if (!job || !isEnd(job.state)) return
  const event = eventOf(job.state)
  for (const webhook of known) {
    if (!wants(webhook, event, job.kind)) continue
    const key = keyOf(webhook, event, { ...job, finished_at: job.finished_at ?? 0 })
    await enqueue(services, orderFor(messageAbout(services, webhook, event, job)), key)
  }
}
