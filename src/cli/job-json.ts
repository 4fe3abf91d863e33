import type { Explanation, Facts } from '../explain/facts.ts'
import { iso } from '../iso-time.ts'
import { effectState, receiptOf } from '../queue/effect-state.ts'
import { filesOf } from '../queue/file.ts'
import { readTimeline } from '../queue/timeline.ts'

/** All about a job for a program; times are ISO 8601, what is not known is null. */
export function jobJson({ job, effects, ahead, deadline }: Facts, { why, todo }: Explanation) {
  const { id, token, kind, state, email, language, progress, attempts, deaths } = job
  return {
    ...{ id, token, kind, state, email, language, progress, attempts, deaths, why, todo },
    ahead: ahead ?? null,
    recordedAt: iso(job.waiting_at),
    startedAt: iso(job.started_at),
    runAt: iso(job.run_at),
    finishedAt: iso(job.finished_at),
    deadline: Number.isFinite(deadline) ? iso(deadline) : null,
    messageId: job.sqs_message_id,
    worker: job.claimed_by?.replace(/\/.*/, '') ?? null,
    idempotencyKey: job.idempotency_key,
    warnings: JSON.parse(job.warnings ?? '[]'),
    error: job.error,
    timeline: readTimeline(job.timeline).map(entry => ({
      ...entry,
      at: entry.at > 0 ? iso(entry.at) : null,
      ...(entry.until && { until: iso(entry.until) })
    })),
    effects: effects.map(effect => {
      const { at, ...receipt } = receiptOf(effect, job)
      const state = effectState(effect, job)
      const times = { begunAt: iso(effect.began_at), doneAt: iso(at) }
      return { step: effect.step, state, ...times, ambiguous: effect.ambiguous, ...receipt }
    }),
    files: filesOf(job),
    payload: JSON.parse(job.payload)
  }
}
