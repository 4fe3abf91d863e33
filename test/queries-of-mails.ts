import { hearMailEvents } from '../src/queue/hear-mail-events.ts'
import { eventsOf } from '../src/queue/mail-event.ts'
import { findMails, type MailFilter } from '../src/queue/mail-find.ts'
import type { Engine } from './engine.ts'

/** What is asked about mails and what SES tells of them. */
export function mailsOf(engine: Engine) {
  const { aws, database } = engine
  const searching = (filter: MailFilter) => async () => {
    const effort = { jobs: 1000, milliseconds: 1e6 }
    const { reached: before } = await findMails(database, filter, { most: 20, effort })
    await findMails(database, filter, { most: 20, before, after: 5000, effort })
  }
  return {
    'find mails': searching({}),
    'find mails sent': searching({ state: 'sent' }),
    'find mails delivered': searching({ state: 'delivered' }),
    'find mails bounced': searching({ state: 'bounced' }),
    'find mails complained about': searching({ state: 'complained' }),
    'find mails in doubt': searching({ state: 'ambiguous' }),
    'find mails held': searching({ state: 'held' }),
    'find mails by address': searching({ recipient: 'shop@example.jp' }),
    'find mails by job': searching({ job: 777 }),
    'mail events': async () => {
      await aws.publishMailEvent(feedback)
      await hearMailEvents(engine)
      await eventsOf(database, [1, 2, 3])
    }
  }
}

/** Without a tag: its job is looked for by address and receipt. */
const feedback = JSON.stringify({
  notificationType: 'Delivery',
  mail: {
    ...{ messageId: 'none', timestamp: new Date(Date.now() - 86_400_000).toISOString() },
    destination: ['shop@example.jp']
  },
  delivery: { recipients: ['shop@example.jp'] }
})
