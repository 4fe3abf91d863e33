import { iso } from '../iso-time.ts'
import type { Noted } from '../queue/tick-log.ts'

/** A tick for programs. */
export function tickJson({ state, scheduled_at, began_at, ended_at, result }: Noted) {
  const times = { scheduledAt: iso(scheduled_at), beganAt: iso(began_at), endedAt: iso(ended_at) }
  return { state, ...times, result }
}
