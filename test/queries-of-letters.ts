import type * as jobs from '../src/queue/job.ts'
import * as letters from '../src/queue/letter.ts'
import { countDeadLetters, listDeadLetters } from '../src/queue/letter-list.ts'
import { advanceRedrives } from '../src/queue/redrive-advance.ts'
import { listRedrives, startRedrive } from '../src/queue/redrive-order.ts'
import type { Engine } from './engine.ts'

/** What is asked about dead letters, but for their groups, which are made of all of them, or 10,000. */
export function lettersOf(engine: Engine): Record<string, () => Promise<unknown>> {
  const { database } = engine
  const seen = { handle: 'x', body: '{}', receives: 5, sentAt: 1 }
  return {
    'dead letters': async () => {
      const failed = (await database<jobs.Job>('jobs')
        .where({ state: 'failed' })
        .first()) as jobs.Job
      const messageId = String(failed.sqs_message_id)
      await letters.see(database, { ...seen, messageId }, failed)
      await letters.see(database, { ...seen, messageId: 'strange' })
      await letters.forget(database, 1)
      const fingerprint = '00000000deadbee3'
      await countDeadLetters(database, fingerprint)
      await listDeadLetters(database, { fingerprint, until: Date.now(), redrive: 1 }, 10)
      await letters.markDiscarded(database, ['strange'])
      await letters.discardedAmong(database, [{ ...seen, messageId: 'strange' }])
    },
    redrive: async () => {
      const group = {
        fingerprint: '00000000deadbee3',
        kind: 'invoice',
        sentence: 'SES: #',
        count: 9
      }
      await startRedrive(database, group, { perMinute: 20, name: 'x' })
      await advanceRedrives(engine)
      await listRedrives(database)
    }
  }
}
