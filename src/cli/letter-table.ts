import type { LetterGroup, ListedLetter } from '../queue/letter-list.ts'
import type { RedriveWithCount } from '../queue/redrive-order.ts'
import { table } from './table.ts'
import type { Clock } from './time.ts'

export function groupTable(groups: LetterGroup[], clock: Clock): string {
  const heads = [
    'GROUP',
    'KIND',
    'COUNT',
    `SINCE (${clock.zone})`,
    `NEWEST (${clock.zone})`,
    'ERROR'
  ]
  const rows = groups.map(group => [
    ...[group.fingerprint, group.kind || '-', String(group.count)],
    ...[clock.at(Number(group.firstSeenAt)), clock.at(Number(group.lastSeenAt))],
    group.isStrange ? 'These messages carry no job of ours.' : group.sentence
  ])
  return table(heads, rows)
}

export function letterTable(letters: ListedLetter[], clock: Clock): string {
  const heads = ['JOB', 'RECEIVES', `FOUND (${clock.zone})`, 'MESSAGE', 'ERROR']
  const rows = letters.map(({ job, receives, first_seen_at, message_id, body }) => [
    ...[job ? String(job.id) : '-', String(receives), clock.at(Number(first_seen_at)), message_id],
    job ? (job.error?.split('\n')[0] ?? '') : body
  ])
  return table(heads, rows)
}

const outcomes: Record<RedriveWithCount['state'], string> = {
  running: 'running',
  done: 'done',
  stopped: 'stopped',
  returned: 'stopped by itself'
}

export function redriveTable(redrives: RedriveWithCount[], clock: Clock): string {
  const heads = ['REDRIVE OF', 'BY', 'SENT', 'A MINUTE', `BEGAN (${clock.zone})`, 'STATE']
  const rows = redrives.map(one => [
    ...[one.fingerprint, one.name, `${one.sent} of ${one.total}`, String(one.per_minute)],
    clock.at(Number(one.began_at)),
    one.returned_job_id === null
      ? outcomes[one.state]
      : `${outcomes[one.state]}: job ${one.returned_job_id} failed with the same error`
  ])
  return table(heads, rows)
}
