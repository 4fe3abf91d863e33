import { beginAction, endAction, listActions } from '../src/queue/action.ts'
import { countAhead } from '../src/queue/ahead.ts'
import * as decisions from '../src/queue/decision.ts'
import { digest } from '../src/queue/digest.ts'
import { effectsOf } from '../src/queue/effect.ts'
import { endedSince, usedKeys } from '../src/queue/ended.ts'
import { enqueue, send } from '../src/queue/enqueue.ts'
import { findByKeys } from '../src/queue/find-by-keys.ts'
import { openHistory } from '../src/queue/history.ts'
import * as jobs from '../src/queue/job.ts'
import { counts } from '../src/queue/listing.ts'
import { countReturned } from '../src/queue/mail-event.ts'
import { noteMissed } from '../src/queue/missed.ts'
import { page } from '../src/queue/page.ts'
import { perform } from '../src/queue/perform.ts'
import { prune } from '../src/queue/prune.ts'
import { revoke } from '../src/queue/revoke.ts'
import * as standing from '../src/queue/standing.ts'
import type { State } from '../src/queue/state.ts'
import { sweep } from '../src/queue/sweep.ts'
import { runTick } from '../src/queue/tick.ts'
import * as log from '../src/queue/tick-log.ts'
import type * as webhooks from '../src/queue/webhook.ts'
import { attemptsOf, healthOf } from '../src/queue/webhook-attempt.ts'
import { type Engine, order, recordJob, reload } from './engine.ts'
import { lettersOf } from './queries-of-letters.ts'
import { mailsOf } from './queries-of-mails.ts'
import { searches } from './queries-of-search.ts'

/** All that the line asks its tables, by what asks it. The engine's work must send a mail and may fail. */
export function queriesOf(engine: Engine): Record<string, () => Promise<unknown>> {
  const { database } = engine
  const finish = async (receiveCount: number) => {
    const job = await recordJob(engine)
    await perform(engine, { job: job.id, receiveCount })
    return await reload(engine, job)
  }
  const oneOf = async (state: State) =>
    (await database<jobs.Job>('jobs').where({ state }).first()) as jobs.Job
  return {
    // First, for it counts only while the queue is empty.
    sweep: async () => await sweep(engine),
    'sweep of the dead': async () => {
      const { id } = await oneOf('running')
      await database('jobs').where({ id }).update({ lease_until: 1 })
      await sweep(engine)
    },
    enqueue: async () => {
      await enqueue(engine, order, 'key')
      await enqueue(engine, order, 'key')
    },
    perform: () => finish(1),
    renew: async () => {
      const claimed = (await jobs.claim(database, await recordJob(engine))) as jobs.Job
      await jobs.renew(database, claimed)
    },
    retry: async () => {
      const failed = await finish(5)
      await send(engine, (await decisions.requeue(database, failed)) as jobs.Job)
    },
    discard: async () => await decisions.discard(database, await oneOf('failed')),
    cancel: async () => await decisions.cancel(database, await oneOf('retrying')),
    bury: async () => await jobs.bury(database, await oneOf('waiting'), 'dead'),
    abandon: async () => await jobs.abandon(database, await oneOf('retrying'), 'failed', 'late'),
    status: async () => await jobs.findByToken(database, (await oneOf('failed')).token),
    'mails again': async () => await findByKeys(database, ['a', 'b', 'c']),
    'close a link': async () => await revoke(database, await oneOf('failed')),
    counts: async () => await counts(database),
    ahead: async () => await countAhead(database, { queued_at: Date.now() }),
    effects: async () => await effectsOf(database, await oneOf('finished')),
    'page of a kind': async () => await page(database, { kind: 'invoice' }, 51),
    'page of a rare kind': async () => await page(database, { kind: 'noop', before: 9000 }, 51),
    'page of a kind and state': async () =>
      await page(database, { kind: 'invoice', state: 'failed', before: 9000 }, 51),
    'audit log': async () => {
      const known = { role: 'operator', name: '花子', address: '::1', action: 'retry' } as const
      const id = await beginAction(database, { ...known, job_id: 1, details: {} })
      await endAction(database, id, 'done', {})
      for (const job of [undefined, 7])
        for (const before of [undefined, 1000]) await listActions(database, { job, before })
    },
    'counts of a kind and a time': async () =>
      await counts(database, { kind: 'invoice', from: 1, to: Date.now() }),
    ...searches(database),
    webhooks: async () => {
      const since = Date.now() - 3_600_000
      for (const state of ['finished', 'failed'] as const)
        await endedSince(database, state, since, 500)
      await usedKeys(database, ['a', 'b', 'c'])
      await attemptsOf(database, 777)
      await healthOf(database, { id: 3 } as webhooks.Webhook)
    },
    ...lettersOf(engine),
    ...mailsOf(engine),
    tick: async () =>
      await runTick(engine, { task: 'sweep', scheduledAt: new Date() }, async () => ({})),
    'ticks of a task': async () => {
      await log.tasksWithTicks(database)
      await log.latestRuns(database, 'sweep', 50)
      await log.latestThatCame(database, 'sweep')
      await log.standingOf(database, 'sweep')
      await log.countTicks(database, 'sweep', Date.now() - 86_400_000)
      for (const state of [undefined, 'failed', 'done'] as const)
        for (const before of [undefined, Date.now() - 86_400_000])
          await log.listTicks(database, 'sweep', { state, before }, 51)
      await log.findTick(database, { task: 'sweep', scheduled_at: 1 })
    },
    'missed ticks': async () => {
      const next = (after: Date) => new Date(after.getTime() + 60_000)
      await noteMissed({ ...engine, schedule: [{ task: 'sweep', next }] })
    },
    digest: async () => await digest(engine),
    prune: async () => await prune(engine),
    history: async () => {
      for (const span of ['1h', '24h', '7d'] as const) await openHistory(database)(span)
    },
    overview: async () => {
      await standing.countSince(database, 'finished', Date.now() - 86_400_000)
      await standing.longestWaiting(database)
      await standing.countUnswept(database)
      await standing.countDoubts(database)
      await standing.firstRecordedAt(database)
      await countReturned(database)
    }
  }
}
