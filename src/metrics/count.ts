import type { Move } from '../queue/state.ts'
import * as meters from './meters.ts'
import { sample } from './sample.ts'

/** Each is called at the one place where the thing happens, and costs about a microsecond. */

type Work = { kind: string; outcome: string; seconds: number }

export function attempt({ kind, outcome, seconds }: Work) {
  meters.attempts.inc({ kind, outcome })
  meters.workSeconds.observe({ kind }, seconds)
  sample('work', seconds)
}

export function order(kind: string) {
  meters.orders.inc({ kind })
}

export function delivery(outcome: string) {
  meters.deliveries.inc({ outcome })
}

type Job = {
  kind: string
  state: string
  attempts: number
  waiting_at: number
  retried_at: number | null
}

/** From an attempt whose worker can't tell any more. */
const bereft: Move[] = ['taken over', 'released', 'given up']

/** `job` is as it was before, and `time` that of the move. */
export function move(job: Job, move: Move, time: number) {
  const { kind, state } = job
  meters.moves.inc({ kind, move })
  if (state === 'running' && bereft.includes(move)) meters.leasesLost.inc({ noticed: 'engine' })
  if (move === 'claimed' && job.attempts === 0) {
    const seconds = Math.max(0, time - Number(job.retried_at ?? job.waiting_at)) / 1000
    meters.waitingSeconds.observe({ kind }, seconds)
    sample('waiting', seconds)
  }
}

export function leaseLost() {
  meters.leasesLost.inc({ noticed: 'worker' })
}

export function mail(outcome: 'sent' | 'throttled' | 'refused' | 'unheard') {
  meters.mails.inc({ outcome })
}

export function mailDoubt() {
  meters.mailDoubts.inc()
}

export function sqsCall(call: string, outcome: 'done' | 'failed') {
  meters.sqsCalls.inc({ call, outcome })
}
