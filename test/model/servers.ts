import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { readConfig } from '../../src/config.ts'
import { migrate } from '../../src/database.ts'
import { buildMailbox } from '../../src/local/ses.ts'
import { openServices } from '../../src/services.ts'
import { keepHistory } from './history.ts'
import { startSqs } from './sqs.ts'

export type Servers = Awaited<ReturnType<typeof openServers>>

/** So few, that a sequence reaches them. */
export const maxReceives = 3

/** Real SQL in memory, SQS and SES over HTTP, and a folder for the files; one sequence after the other uses them. */
export async function openServers() {
  const sqs = await startSqs()
  const mailbox = await buildMailbox({})
  const mailboxUrl = await mailbox.listen({ host: '127.0.0.1', port: 0 })
  const folder = mkdtempSync(join(tmpdir(), 'beanline-model-'))
  const config = readConfig({
    DATABASE_URL: 'sqlite::memory:',
    QUEUE_URL: sqs.queueUrl,
    DEAD_LETTER_QUEUE_URL: sqs.deadLetterQueueUrl,
    MAX_RECEIVES: String(maxReceives),
    STORAGE_URL: `file:${folder}`,
    MAIL_FROM: 'noreply@beanline.example',
    PUBLIC_URL: 'http://beanline.example',
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    AWS_ENDPOINT_URL_SES: mailboxUrl
  })
  const services = openServices(config, pino({ level: 'silent' }))
  await migrate(services.database)
  await keepHistory(services.database)

  return {
    services,
    sqs,

    /** What SES does with the next mail. */
    async failNextMail(name: string) {
      await mailbox.inject({ method: 'POST', url: '/faults', payload: { name } })
    },

    /** The mails that SES has taken: to whom, and under which id. */
    async mails(): Promise<{ id: string; to: string[] }[]> {
      return (await mailbox.inject('/mails')).json()
    },

    /** As before the first sequence. */
    async clear() {
      for (const table of ['effects', 'jobs', 'dead_letters', 'history'])
        await services.database(table).delete()
      sqs.clear()
      await mailbox.inject({ method: 'DELETE', url: '/mails' })
      await mailbox.inject({ method: 'DELETE', url: '/faults' })
    },

    async close() {
      await services.close()
      await mailbox.close()
      sqs.close()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
