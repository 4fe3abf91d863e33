import { iso } from '../iso-time.ts'
import type { LetterGroup, ListedLetter } from '../queue/letter-list.ts'
import type { RedriveWithCount } from '../queue/redrive-order.ts'

/** `sentence` is what the errors of the group have in common. */
export function groupJson({ fingerprint, firstSeenAt, lastSeenAt, ...group }: LetterGroup) {
  return {
    group: fingerprint,
    ...group,
    firstSeenAt: iso(firstSeenAt),
    lastSeenAt: iso(lastSeenAt)
  }
}

export function letterJson({ job, ...letter }: ListedLetter) {
  return {
    ...{ messageId: letter.message_id, group: letter.fingerprint, kind: letter.kind },
    ...{
      receives: letter.receives,
      sentAt: iso(letter.sent_at),
      seenAt: iso(letter.first_seen_at)
    },
    body: letter.body,
    job: job && { id: job.id, state: job.state, attempts: job.attempts, error: job.error }
  }
}

export function redriveJson({ id, fingerprint, state, total, sent, ...redrive }: RedriveWithCount) {
  return {
    ...{ id, group: fingerprint, state, total, sent, perMinute: redrive.per_minute },
    ...{ name: redrive.name, returnedJob: redrive.returned_job_id },
    ...{ beganAt: iso(redrive.began_at), endedAt: iso(redrive.ended_at) }
  }
}
