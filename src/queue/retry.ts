import type { Attempt } from './perform.ts'
import { longestDelaySeconds } from './sqs.ts'

/** A long job has no message that would come again; twice as long each time, up to what SQS can delay. */
const longFirstSeconds = 30

/**
 * Seconds until a job whose attempt failed runs again by a new message, by what its kind declares. Nothing if
 * its own message comes again instead, after sqsd's ErrorVisibilityTimeout.
 */
export function pauseAfter({ kind, job, isAcknowledged }: Attempt): number | undefined {
  const doublings = 2 ** Math.min(30, job.attempts - 1)
  if (!kind?.retries)
    return isAcknowledged ? Math.min(longestDelaySeconds, longFirstSeconds * doublings) : undefined
  const { firstSeconds, longestSeconds } = kind.retries
  const whole = Math.min(longestSeconds, firstSeconds * doublings)
  // Jobs that failed together, for one cause, should not come back together.
  return Math.max(1, Math.ceil(whole * (0.5 + Math.random() / 2)))
}

/** Whether there is no attempt after this one: by what the kind declares, or when SQS gives its message up. */
export function isLast({ line, kind, job, delivery, isAcknowledged }: Attempt): boolean {
  if (kind?.retries) return job.attempts >= kind.retries.most
  const receives = isAcknowledged ? 0 : delivery.receiveCount
  return Math.max(receives, job.attempts) >= line.config.MAX_RECEIVES
}
