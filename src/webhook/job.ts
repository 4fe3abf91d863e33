import { html } from '../html.ts'
import { now } from '../queue/clock.ts'
import { defineJob, type JobInHand, type Kind } from '../queue/kind.ts'
import { GiveUp, RetryLater } from '../queue/outcome.ts'
import * as webhooks from '../queue/webhook.ts'
import { note } from '../queue/webhook-attempt.ts'
import type { Services } from '../services.ts'
import { type Guard, openGuard } from './guard.ts'
import { kindName, Message } from './message.ts'
import { openPace, pauseSeconds } from './pace.ts'
import { type Answer, post } from './post.ts'
import { headersOf } from './signature.ts'

type Line = Pick<Services, 'database' | 'config'>

const hour = 3600
/** Some 10 s, 20 s, 40 s and so on up to six hours: for about a day in all. */
const retries = { most: 16, firstSeconds: 10, longestSeconds: 6 * hour }
/** Also for one that is asked to come again and again, or whose endpoint stays paused. */
const deadlineSeconds = 7 * 24 * hour
/** As long as SQS can delay a message. */
const pausedSeconds = 900

/** Tells one endpoint of one event. Not ordered by form or API, but when a job ends. */
export function webhookKind(line: Line, guard: Guard = openGuard(line.config.WEBHOOK_ALLOW)): Kind {
  const pace = openPace()

  async function send(message: Message, { id: jobId, createdAt, signal }: JobInHand) {
    const webhook = await openOne(line, message.webhook)
    const at = now(line.database)
    const why = pace.enter(webhook.id, Date.now())
    if (why) throw new RetryLater(pauseSeconds((at - createdAt.getTime()) / 1000), why)
    const headers = headersOf({ ...message, at }, webhooks.secretsOf(webhook, at))
    let answer: Answer | undefined
    try {
      answer = await post(guard, { url: webhook.url, headers, body: message.body }, signal)
    } finally {
      pace.leave(webhook.id, Date.now(), answer)
    }
    const { ms, status, said } = answer
    const ids = { webhook_id: webhook.id, job_id: jobId }
    const signature = headers['webhook-signature']
    await note(line.database, { ...ids, at, ms, is_ok: isOk(answer), status, said, signature })
    return { webhook, answer }
  }

  return defineJob({
    name: kindName,
    title: { ja: 'Webhookの送信', en: 'Webhook' },
    summary: { ja: 'ジョブの終了を通知します。', en: 'Tells a program what became of a job.' },
    schema: Message,
    form: { fields: () => html``, read: values => values },
    retries,
    deadlineSeconds,

    async perform(message, { job }) {
      const { webhook, answer } = await send(message, job)
      if (isOk(answer)) return {}
      if (answer.status === 410) {
        await webhooks.pause(line.database, webhook, gone)
        throw new RetryLater(pausedSeconds, paused(gone))
      }
      const wait = busySeconds(answer)
      if (wait !== undefined) throw new RetryLater(wait, sentence(answer))
      // With a dead letter for each, an endpoint that is away would set off the alarm of the queue.
      if (job.attempt >= retries.most) throw new GiveUp(`${sentence(answer)} ${tried}`)
      throw new Error(sentence(answer))
    }
  })
}

async function openOne({ database }: Line, id: number) {
  const webhook = await webhooks.find(database, id)
  if (!webhook) throw new GiveUp('The endpoint was removed.')
  if (webhook.paused_at !== null) throw new RetryLater(pausedSeconds, paused(webhook.paused_for))
  return webhook
}

const isOk = ({ status }: Answer) => status !== null && status >= 200 && status < 300

/** A receiver that has too much to do may say when to come again. */
function busySeconds({ status, retryAfter }: Answer) {
  const isBusy = status === 429 || status === 503
  return isBusy && retryAfter !== undefined
    ? Math.min(retryAfter, retries.longestSeconds)
    : undefined
}

function sentence({ status, said }: Answer) {
  if (status === null) return said
  if (status >= 300 && status < 400)
    return `The receiver answered ${status}: redirects are not followed; enter the address that it leads to.`
  return `The receiver answered ${status}${said ? `: ${said}` : '.'}`
}

const gone = 'The receiver answered 410 Gone.'
const tried = `It was tried ${retries.most} times; replay it when the receiver is well again.`
const paused = (why: string | null) =>
  `The endpoint is paused. ${why ? `${why} ` : ''}This is sent once it is resumed.`
