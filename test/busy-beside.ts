import type { Job } from '../src/queue/job.ts'
import * as letters from '../src/queue/letter.ts'
import { keepEvents } from '../src/queue/mail-event.ts'
import type { Line } from '../src/queue/perform.ts'
import { record } from '../src/queue/record.ts'
import { startRedrive } from '../src/queue/redrive-order.ts'
import * as webhooks from '../src/queue/webhook.ts'
import * as attempts from '../src/queue/webhook-attempt.ts'
import { messageAbout, orderFor } from '../src/webhook/message.ts'

type Database = Line['database']

const minute = 60_000

/** Messages in the dead-letter queue, as a look has seen them; one group of them is being redriven. */
export async function makeLetters(database: Database) {
  const failed = await database<Job>('jobs').where({ state: 'failed' }).limit(15)
  const seen = { handle: 'x', receives: 5, sentAt: Date.now() - 90 * minute }
  for (const job of failed) {
    const messageId = `d2f1f0c4-7a33-4c39-9c0e-${String(job.id).padStart(12, '0')}`
    await database('jobs').where({ id: job.id }).update({ sqs_message_id: messageId })
    await letters.see(database, { ...seen, messageId, body: `{"job":${job.id}}` }, job)
  }
  await letters.see(database, { ...seen, messageId: 'strange', body: '<order id="7"/>' })
  const [first, second] = await database('dead_letters').whereNotNull('job_id').orderBy('kind')
  const group = { ...second, count: 3 }
  await startRedrive(database, group, { perMinute: 20, name: '髙﨑 花子' })
  return { letter: String(first.message_id), fingerprint: String(first.fingerprint) }
}

/** Two endpoints, one of which does not answer. */
export async function makeDeliveries(database: Database, config: Line['config']) {
  const terms = { events: webhooks.events, kinds: null }
  const good = await webhooks.add(
    database,
    { ...terms, url: 'https://erp.example.jp/hooks' },
    '花子'
  )
  const silent = { ...terms, url: 'https://shop.example.jp/beanline', kinds: ['invoice'] }
  const bad = await webhooks.add(database, silent, 'ERP')
  const ended = await database<Job>('jobs').where({ state: 'finished' }).limit(6)
  let delivery = 0
  for (const [n, job] of ended.entries()) {
    const webhook = n % 3 === 2 ? bad : good
    const order = orderFor(messageAbout({ config }, webhook, 'job.finished', job))
    const { job: made } = await record(database, { ...order, idempotency_key: null })
    await tell(database, webhook, made)
    if (webhook === bad) delivery = made.id
  }
  return { delivery }
}

async function tell(database: Database, webhook: webhooks.Webhook, { id }: Job) {
  const isOk = webhook.kinds === null
  const at = Date.now() - minute
  const answer = isOk ? { status: 200, said: '{"ok":true}' } : { status: 503, said: 'try later' }
  for (let n = 0; n < (isOk ? 1 : 3); n += 1)
    await attempts.note(database, {
      ...{ webhook_id: webhook.id, job_id: id, at: at + n * 10_000, ms: 84, is_ok: isOk },
      ...{ ...answer, signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' }
    })
  const state = isOk ? 'finished' : 'retrying'
  await database('jobs')
    .where({ id })
    .update({ state, attempts: isOk ? 1 : 3, finished_at: at })
}

/** Mails of finished jobs: most arrived, some came back, one was not wanted, and one nobody knows of. */
export async function makeMails(database: Database) {
  const sent = await database<Job>('jobs').where({ state: 'finished' }).whereNot({ email: '' })
  for (const [n, job] of sent.entries()) {
    const message_id = `0106019${String(n).padStart(25, '0')}-000000`
    const receipt = {
      messageId: message_id,
      to: job.email,
      subject: '請求書ができました',
      at: job.finished_at
    }
    const receipts = JSON.stringify({ mail: receipt })
    await database('jobs').where({ id: job.id }).update({ receipts })
    const entry = { job_id: job.id, step: 'mail', fencing_token: 1, ambiguous: Number(n === 4) }
    const done = {
      began_at: job.finished_at,
      done_at: n === 4 ? null : job.finished_at,
      receipt: '{}'
    }
    await database('effects')
      .insert({ ...entry, ...done })
      .onConflict(['job_id', 'step'])
      .ignore()
    const fate = n % 9 === 3 ? bounce : n === 5 ? complaint : delivery
    const told = { message_id, recipient: job.email, at: Number(job.finished_at) + 2000 }
    await keepEvents(database, [{ ...fate, ...told, job_id: job.id }])
  }
}

const delivery = { event: 'delivery', type: null, subtype: null, answer: '250 OK' } as const
const complaint = { event: 'complaint', type: 'abuse', subtype: null, answer: null } as const
const answer = 'smtp; 550 5.1.1 user unknown'
const bounce = { event: 'bounce', type: 'Permanent', subtype: 'General', answer } as const
