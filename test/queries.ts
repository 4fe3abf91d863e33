import { beginAction, endAction, listActions } from '../src/queue/action.ts'
import { countAhead } from '../src/queue/ahead.ts'
import * as decisions from '../src/queue/decision.ts'
import { digest } from '../src/queue/digest.ts'
import { effectsOf } from '../src/queue/effect.ts'
import { endedSince, usedKeys } from '../src/queue/ended.ts'
import { enqueue, send } from '../src/queue/enqueue.ts'
import type { Filter } from '../src/queue/filter.ts'
import { find } from '../src/queue/find.ts'
import { findByKeys } from '../src/queue/find-by-keys.ts'
import { hearMailEvents } from '../src/queue/hear-mail-events.ts'
import { openHistory } from '../src/queue/history.ts'
import * as jobs from '../src/queue/job.ts'
import * as letters from '../src/queue/letter.ts'
import { countDeadLetters, listDeadLetters } from '../src/queue/letter-list.ts'
import { counts } from '../src/queue/listing.ts'
import { countReturned, eventsOf } from '../src/queue/mail-event.ts'
import { findMails, type MailFilter } from '../src/queue/mail-find.ts'
import { noteMissed } from '../src/queue/missed.ts'
import { page } from '../src/queue/page.ts'
import { perform } from '../src/queue/perform.ts'
import { prune } from '../src/queue/prune.ts'
import { advanceRedrives } from '../src/queue/redrive-advance.ts'
import { listRedrives, startRedrive } from '../src/queue/redrive-order.ts'
import { revoke } from '../src/queue/revoke.ts'
import * as standing from '../src/queue/standing.ts'
import type { State } from '../src/queue/state.ts'
import { sweep } from '../src/queue/sweep.ts'
import { runTick } from '../src/queue/tick.ts'
import * as log from '../src/queue/tick-log.ts'
import type * as webhooks from '../src/queue/webhook.ts'
import { attemptsOf, healthOf } from '../src/queue/webhook-attempt.ts'
import { type Engine, order, recordJob, reload } from './engine.ts'

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
    ...mailSearches(database),
    'mail events': async () => {
      const { aws } = engine
      await aws.publishMailEvent(feedback)
      await hearMailEvents(engine)
      await eventsOf(database, [1, 2, 3])
    },
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

/** What is asked about dead letters, but for their groups, which are made of all of them, or 10,000. */
function lettersOf(engine: Engine): Record<string, () => Promise<unknown>> {
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
      const fingerprint = 'group3'
      await countDeadLetters(database, fingerprint)
      await listDeadLetters(database, { fingerprint, until: Date.now(), redrive: 1 }, 10)
      await letters.markDiscarded(database, ['strange'])
      await letters.discardedAmong(database, [{ ...seen, messageId: 'strange' }])
    },
    redrive: async () => {
      const group = { fingerprint: 'group3', kind: 'invoice', sentence: 'SES: #', count: 9 }
      await startRedrive(database, group, { perMinute: 20, name: 'x' })
      await advanceRedrives(engine)
      await listRedrives(database)
    }
  }
}

/** What the dashboard's list is asked for. */
function searches(database: Engine['database']) {
  const searching = (filter: Filter) => async () => {
    const { reached: before } = await find(database, filter, { most: 20 })
    await find(database, filter, { most: 20, before, after: 5000 })
  }
  const time = { from: Date.now() - 80 * 86_400_000, to: Date.now() - 86_400_000 }
  return {
    'find any': searching({}),
    'find by state': searching({ state: 'failed' }),
    'find by a rare state': searching({ state: 'running' }),
    'find by kind': searching({ kind: 'invoice' }),
    'find by kind and state': searching({ kind: 'report', state: 'failed' }),
    'find by state and time': searching({ state: 'finished', ...time }),
    'find by number': searching({ key: '2026-77' }),
    'find by id': searching({ key: '777' }),
    'find by token': searching({ key: '777'.padStart(32, '0') }),
    'find by address': searching({ key: 'shop@example.jp', state: 'failed' }),
    'find by words': searching({ words: 'no such words' }),
    'find by words among the failed': searching({ words: 'SES', state: 'failed' })
  }
}

/** The same of the list of mails. */
function mailSearches(database: Engine['database']) {
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
    'find mails by job': searching({ job: 777 })
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
