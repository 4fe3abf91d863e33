import type { Kind } from '../src/queue/kind.ts'
import { type Line, perform } from '../src/queue/perform.ts'
import * as webhooks from '../src/queue/webhook.ts'
import { openAnnouncer } from '../src/webhook/announcer.ts'
import { webhookKind } from '../src/webhook/job.ts'
import { kindName } from '../src/webhook/message.ts'
import { openEngine, recordJob, reload } from './engine.ts'

type Test = { after(close: () => Promise<void>): void }

/** The engine with who tells others of what ends, and nobody yet to be told. */
export async function openTeller(t: Test, url: string, work: Kind['perform'] = async () => ({})) {
  const opened = await openEngine(t, url, work)
  const { database } = opened
  await database('webhook_attempts').delete()
  await database('webhooks').delete()
  const config = { ...opened.config, WEBHOOK_ALLOW: '127.0.0.1/32' }
  const engine = { ...opened, config }
  const line: Line = {
    ...engine,
    kinds: [...opened.kinds, webhookKind(engine)],
    announcer: openAnnouncer(engine, [kindName])
  }

  /** Records a job and performs it; what follows it is over as well. */
  async function run(by: Line = line, receiveCount = 1) {
    const job = await recordJob(engine)
    await perform(by, { job: job.id, receiveCount })
    await engine.underway.ended()
    return await reload(engine, job)
  }
  async function deliver(delivery: { id: number }) {
    const outcome = await perform(line, { job: delivery.id, receiveCount: 1 })
    await engine.underway.ended()
    return outcome
  }
  return {
    ...{ engine, line, database, run, deliver },
    add: (terms: Partial<webhooks.Terms> & { url: string }) =>
      webhooks.add(database, { events: webhooks.events, kinds: null, ...terms }, 'test'),
    /** The deliveries that were ordered, the oldest first. */
    deliveries: async () => await database('jobs').where({ kind: kindName }).orderBy('id'),
    /** As when the time of a delivery has come. */
    hurry: async () => await database('jobs').where({ kind: kindName }).update({ run_at: null })
  }
}
