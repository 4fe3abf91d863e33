import type { Outcome } from '../../src/queue/outcome.ts'
import type { Delivery } from '../../src/queue/perform.ts'
import type { Program } from './boundary.ts'
import type { Change, Changes, Entry, EntryChange, Row } from './history.ts'
import type { Sqs } from './sqs.ts'

/** What the rules know of the past: taken from what the database wrote down, never from the engine. */
export type Memory = ReturnType<typeof openMemory>

/** The end of a delivery as sqsd sees it. */
export type Answer = { program: Program; delivery: Delivery; outcome: Outcome | Error }

export function openMemory(sqs: Sqs) {
  const rows = new Map<number, Row>()
  const entries = new Map<number, Entry>()
  const claims = new Map<Program, { id: number; token: number; at: number }>()
  const putOff = new Map<number, number | null>()
  const made = new Map<Program, Change[]>()
  const decisions = new Map<number, number>()

  function learnRow(change: Change) {
    const { program, after } = change
    if (isClaim(change)) claims.set(program, claimIn(after))
    made.set(program, [...(made.get(program) ?? []), change])
    if (isPutOff(change)) putOff.set(after.id, after.run_at)
    rows.set(after.id, after)
  }

  function learnEntry({ program, before, after }: EntryChange) {
    if (after) entries.set(after.job_id, after)
    else if (before) entries.delete(before.job_id)
    if (program.role !== 'operator' || !before?.fencing_token) return
    decisions.set(before.job_id, decisionsOn(before.job_id) + 1)
  }

  const decisionsOn = (id: number) => decisions.get(id) ?? 0

  return {
    sqs,
    rows,
    /** What the ledger holds, by the job. */
    entries,
    /** Who has a receipt of SES in hand, and since when. */
    mailedAt: new Map<Program, number>(),
    /** Until when a job waits for room. */
    putOff,
    /** How often the operator has said that a doubtful mail is to be sent again. */
    decisionsOn,
    claimOf: (program: Program) => claims.get(program),
    madeBy: (program: Program) => made.get(program) ?? [],

    learn({ jobs, effects }: Changes) {
      jobs.forEach(learnRow)
      effects.forEach(learnEntry)
    }
  }
}

/** Whether a change begins an attempt. */
export function isClaim({ before, after }: Pick<Change, 'before' | 'after'>) {
  return after.state === 'running' && after.fencing_token !== before?.fencing_token
}

const claimIn = ({ id, fencing_token }: Row) => ({ id, token: fencing_token, at: Date.now() })

/** Whether a worker that has no room has left the job for later. */
function isPutOff({ program, before, after }: Change) {
  return program.role === 'worker' && before?.state === after.state && after.state !== 'running'
}
