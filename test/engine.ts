import { setTimeout as wait } from 'node:timers/promises'
import { pino } from 'pino'
import Type from 'typebox'
import { readConfig } from '../src/config.ts'
import { migrate } from '../src/database.ts'
import { html } from '../src/html.ts'
import { startAws } from '../src/local/aws.ts'
import { buildMailbox } from '../src/local/ses.ts'
import * as jobs from '../src/queue/job.ts'
import { defineJob, type Kind } from '../src/queue/kind.ts'
import { record } from '../src/queue/record.ts'
import { openServices } from '../src/services.ts'

export type Engine = Awaited<ReturnType<typeof openEngine>>

/** A kind whose work is a function of the test. */
export function scripted(perform: Kind['perform']): Kind {
  return defineJob({
    name: 'scripted',
    title: { ja: '試験', en: 'Test' },
    summary: { ja: '', en: '' },
    schema: Type.Object({ word: Type.String() }),
    form: { fields: () => html``, read: values => values },
    perform
  })
}

/** An order of the scripted kind. */
export const order = {
  kind: 'scripted',
  payload: '{"word":"hello"}',
  payload_hash: 'x',
  email: 'hanako@example.jp',
  language: 'ja' as const
}

/** The engine with real SQL, and SQS and SES over HTTP; everything is closed after the test. */
export async function openEngine(
  t: { after(close: () => Promise<void>): void },
  databaseUrl: string,
  perform: Kind['perform'],
  storageUrl = 's3://beanline-files/test'
) {
  const aws = await startAws(0, 5)
  const mailbox = await buildMailbox({ publish: aws.publishMailEvent })
  const mailboxUrl = await mailbox.listen({ host: '127.0.0.1', port: 0 })
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    QUEUE_URL: aws.queueUrl,
    DEAD_LETTER_QUEUE_URL: aws.deadLetterQueueUrl,
    MAIL_EVENTS_QUEUE_URL: aws.mailEventsQueueUrl,
    MAIL_CONFIGURATION_SET: 'beanline',
    OPERATOR_MAIL: 'operator@beanline.example',
    STORAGE_URL: storageUrl,
    MAIL_FROM: 'noreply@beanline.example',
    PUBLIC_URL: 'http://beanline.example',
    AWS_ENDPOINT_URL_SQS: aws.endpoint,
    AWS_ENDPOINT_URL_S3: aws.endpoint,
    AWS_ENDPOINT_URL_SES: mailboxUrl
  })
  const services = openServices(config, pino({ level: 'silent' }))
  t.after(async () => {
    await services.close()
    await mailbox.close()
    await aws.close()
  })
  await migrate(services.database)
  await services.database('effects').delete()
  await services.database('jobs').delete()
  await services.database('ticks').delete()
  await services.database('actions').delete()
  for (const table of ['dead_letters', 'redrives', 'redriven', 'mail_events'])
    await services.database(table).delete()
  return { ...services, kinds: [scripted(perform)], aws, mailbox, mailboxUrl }
}

/** Records a job as a web tier does that dies before it sends the message. */
export async function recordJob(
  engine: Pick<Engine, 'database'>,
  word = 'hello'
): Promise<jobs.Job> {
  const payload = JSON.stringify({ word })
  const { job } = await record(engine.database, { ...order, payload, idempotency_key: null })
  return job
}

/** The row as it is now. */
export async function reload(engine: Engine, job: jobs.Job): Promise<jobs.Job> {
  return (await jobs.find(engine.database, job.id)) as jobs.Job
}

/** Ends the lease of a running job, as time does. */
export async function expire(engine: Engine, job: jobs.Job) {
  await engine
    .database('jobs')
    .where({ id: job.id })
    .update({ lease_until: Date.now() - 1 })
}

/** Makes a job wait on the queue for so long already. */
export async function rewind(engine: Engine, job: jobs.Job, milliseconds: number) {
  const queued_at = Date.now() - milliseconds
  await engine.database('jobs').where({ id: job.id }).update({ queued_at })
}

/** The mails that the person got. */
export async function mails({ mailboxUrl }: { mailboxUrl: string }): Promise<{ to: string[] }[]> {
  const response = await fetch(`${mailboxUrl}/mails`)
  return (await response.json()) as { to: string[] }[]
}

/** Waits until `probe` gives something true; fails after the deadline with what it gave last. */
export async function eventually<Value>(
  probe: () => Value | Promise<Value>,
  seconds = 30,
  everyMilliseconds = 25
): Promise<Exclude<Value, false | null | undefined>> {
  // By clocks that go on where a test has `Date` and the timers in its hands.
  const deadline = performance.now() + seconds * 1000
  for (;;) {
    const value = await probe()
    if (value) return value as Exclude<Value, false | null | undefined>
    if (performance.now() > deadline) throw new Error(`Still ${String(value)} after ${seconds} s.`)
    await wait(everyMilliseconds)
  }
}
