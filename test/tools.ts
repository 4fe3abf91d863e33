import type { TestContext } from 'node:test'
import { pino } from 'pino'
import { readConfig } from '../src/config.ts'
import { buildMailbox } from '../src/local/ses.ts'
import { openMail } from '../src/mail.ts'
import type { JobInHand } from '../src/queue/kind.ts'
import { openStorage } from '../src/storage.ts'
import { openFolder } from './line.ts'

const job: JobInHand = {
  id: 7,
  kind: 'invoice',
  attempt: 1,
  createdAt: new Date('2026-11-23T00:00:00Z'),
  email: 'hanako@example.jp',
  language: 'ja',
  url: 'http://beanline.example/jobs/a',
  signal: new AbortController().signal,
  progress() {}
}

/** What a kind is handed: storage in a folder, mail to the stand-in for SES, and a job in hand. */
export async function openTools(t: TestContext, more: Partial<JobInHand> = {}) {
  const mailbox = await buildMailbox({})
  const mailboxUrl = await mailbox.listen({ host: '127.0.0.1', port: 0 })
  const config = readConfig({
    DATABASE_URL: 'sqlite::memory:',
    QUEUE_URL: 'http://127.0.0.1/queue',
    STORAGE_URL: `file:${openFolder(t)}`,
    PUBLIC_URL: 'http://beanline.example',
    MAIL_FROM: 'noreply@example.jp',
    AWS_ENDPOINT_URL_SES: mailboxUrl
  })
  const mail = openMail(config)
  t.after(async () => {
    mail.close()
    await mailbox.close()
  })
  const log = pino({ level: 'silent' })
  return { storage: openStorage(config), mail, log, job: { ...job, ...more }, mailboxUrl }
}
