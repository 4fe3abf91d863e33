import type { Counter } from 'prom-client'
import * as meters from './meters.ts'

export type Tier = 'web' | 'worker'
type Labels = Partial<Record<string, string | number>>

/** A metric of CloudWatch that is a counter of ours, or a part of it. */
type Count = { name: string; counter: Counter; where?(labels: Labels): boolean }

const of = (counter: Counter<string>, where?: Count['where']) =>
  where ? { counter: counter as Counter, where } : { counter: counter as Counter }
const is =
  (label: string, ...values: string[]) =>
  (labels: Labels) =>
    values.includes(String(labels[label]))
const isWeb = is('tier', 'web')

const sqsFailures = { name: 'SqsFailures', ...of(meters.sqsCalls, is('outcome', 'failed')) }

/**
 * What each process tells of itself, as the growth since it told last. Each name costs as much as another, in each
 * tier, so there are no more than one would set an alarm on or draw; `/metrics` has the rest.
 */
export const counts: Record<Tier, Count[]> = {
  web: [
    { name: 'Orders', ...of(meters.orders) },
    { name: 'Requests', ...of(meters.requests, isWeb) },
    {
      name: 'ServerErrors',
      ...of(meters.requests, labels => isWeb(labels) && Number(labels['status']) >= 500)
    },
    sqsFailures
  ],
  worker: [
    { name: 'Attempts', ...of(meters.attempts) },
    { name: 'JobsFinished', ...of(meters.moves, is('move', 'finished')) },
    { name: 'JobsFailed', ...of(meters.moves, is('move', 'failed', 'given up', 'buried')) },
    { name: 'LeasesLost', ...of(meters.leasesLost) },
    { name: 'MailsSent', ...of(meters.mails, is('outcome', 'sent')) },
    { name: 'MailsRefused', ...of(meters.mails, is('outcome', 'refused')) },
    { name: 'MailDoubts', ...of(meters.mailDoubts) },
    sqsFailures
  ]
}

/** Up to a hundred values of the worker tier, from which CloudWatch makes its percentiles. */
export const samples = { WorkSeconds: 'work', WaitingSeconds: 'waiting' } as const

/** What the worker tells of the whole line that has done the sweep, so that it is told once a minute and not by all. */
export const gauges = {
  SweepsDone: 'Count',
  JobsWaiting: 'Count',
  JobsRunning: 'Count',
  JobsRetrying: 'Count',
  OldestWaitingSeconds: 'Seconds',
  OverdueLeases: 'Count',
  QueueVisible: 'Count',
  QueueInFlight: 'Count',
  QueueDelayed: 'Count',
  DeadLetters: 'Count'
} as const
