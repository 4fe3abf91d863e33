import { durationText } from '../explain/duration.ts'
import { effectStates } from '../explain/effect-state.ts'
import { entryNames } from '../explain/entry-name.ts'
import type { Explanation, Facts } from '../explain/facts.ts'
import { type Passage, tookOf } from '../explain/passage.ts'
import { effectState, receiptOf } from '../queue/effect-state.ts'
import { filesOf } from '../queue/file.ts'
import { sizeText } from '../upload.ts'
import { heading, painted } from './colour.ts'
import { facts as list, table } from './table.ts'
import { harmless } from './text.ts'
import type { Clock } from './time.ts'

/** All about a job, for people. */
export function jobText(facts: Facts, { why, todo }: Explanation, clock: Clock): string {
  const { job } = facts
  const parts: [string, string][] = [
    ['In words', why.map(harmless).join('\n')],
    ['What to do', todo.map(harmless).join('\n')],
    [`Timeline (${clock.zone})`, timeline(facts, clock)],
    ['Mail and other effects', effects(facts, clock)],
    ['Files', files(facts)],
    ['Row', row(facts, clock)],
    ['Last error', harmless(job.error ?? '')],
    ['Payload', harmless(JSON.stringify(JSON.parse(job.payload), null, 2))]
  ]
  const drawn = parts.filter(([, text]) => text !== '')
  const head = `Job ${job.id}, ${job.kind}: ${painted(job.state)}`
  return [head, ...drawn.map(([name, text]) => `${heading(name)}\n${text}`)].join('\n\n')
}

function timeline({ job, passages, now }: Facts, clock: Clock): string {
  const recorded = [clock.at(job.waiting_at), 'Recorded', '', '', '', '', '']
  const rows = passages.map(passage => line(passage, now, clock))
  return table(
    ['AT', 'WHAT', 'TOOK', 'WORKER', 'RECEIVES', 'MESSAGE', 'ERROR'],
    [recorded, ...rows]
  )
}

function line(passage: Passage, now: number, clock: Clock): string[] {
  if ('entry' in passage) {
    const { at, what, message = '', until, error = '' } = passage.entry
    const name = `${entryNames[what]?.en ?? what}${until ? ` until ${clock.at(until)}` : ''}`
    return [at > 0 ? clock.at(at) : '', name, '', '', '', message, error]
  }
  const { begun, ended } = passage.attempt
  const outcome = ended ? (entryNames[ended.what]?.en ?? ended.what) : 'At work'
  return [
    clock.at(begun.at),
    `Attempt ${begun.attempt ?? '?'}: ${outcome}`,
    durationText(tookOf(passage.attempt, now), 'en'),
    begun.worker ?? '',
    String(begun.receives ?? ''),
    begun.message ?? '',
    ended?.error ?? ''
  ]
}

function effects({ effects: all, job }: Facts, clock: Clock): string {
  return all
    .map(effect => {
      const { messageId, to = job.email, subject, at } = receiptOf(effect, job)
      const isMail = effect.step === 'mail'
      return list([
        [isMail ? 'Mail' : effect.step, effectStates[effectState(effect, job)].en],
        ['To', isMail && to],
        ['Subject', subject],
        ['Begun', clock.full(Number(effect.began_at))],
        ['Sent', at !== undefined && clock.full(at)],
        ['Id at SES', messageId],
        ['Doubts', effect.ambiguous || undefined]
      ])
    })
    .join('\n\n')
}

function files({ job }: Facts): string {
  return filesOf(job)
    .map(({ name, bytes, key, sha256 }) =>
      list([
        ['File', job.file_key === null ? `${name} (expired)` : name],
        ['Size', sizeText(bytes)],
        ['Key', key],
        ['SHA-256', sha256]
      ])
    )
    .join('\n\n')
}

function row({ job, deadline, now, ahead }: Facts, clock: Clock): string {
  const warnings: string[] = JSON.parse(job.warnings ?? '[]')
  return list([
    ['Token', job.token],
    ['Email', job.email],
    ['Language', job.language],
    [
      'Attempts',
      job.deaths > 0 ? `${job.attempts}, ${job.deaths} by a worker's death` : job.attempts
    ],
    ['Waiting before it', ahead],
    ['Progress', job.state === 'running' && `${job.progress} %`],
    ['Recorded', clock.full(job.waiting_at)],
    ['Started', clock.full(job.started_at)],
    ['Over', clock.full(job.finished_at)],
    ['Age', durationText((job.finished_at ?? now) - job.waiting_at, 'en')],
    ['Deadline', Number.isFinite(deadline) && clock.full(deadline)],
    ['Message', job.sqs_message_id],
    ['Idempotency key', job.idempotency_key],
    ['Warnings', warnings.join(' ')]
  ])
}
