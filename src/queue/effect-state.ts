import { asked, decided, type NamedEffect } from './effect.ts'
import type { Job } from './job.ts'
import type { State } from './state.ts'

/** What is known of an effect that must not happen twice. */
export type EffectState = 'done' | 'under way' | 'held' | 'decided' | 'doubtful'

/** What was received for an effect: in the row of a job that has finished, or in the ledger. */
export type Receipt = { messageId?: string; to?: string; subject?: string; at?: number }

export function receiptOf(
  { step, receipt, done_at }: NamedEffect,
  { receipts }: Pick<Job, 'receipts'>
): Receipt {
  const ofJob = JSON.parse(receipts ?? '{}')[step]
  const ofLedger = done_at === null ? {} : { at: done_at, ...JSON.parse(receipt ?? '{}') }
  return { ...ofLedger, ...ofJob }
}

/** Nobody is asked any more what is to become of their effects. */
export const letGo: State[] = ['discarded', 'cancelled']

export function effectState(
  effect: NamedEffect,
  job: Pick<Job, 'receipts' | 'state' | 'fencing_token'>
): EffectState {
  const isInJob = JSON.parse(job.receipts ?? '{}')[effect.step] !== undefined
  if (effect.done_at !== null || isInJob) return 'done'
  if (effect.fencing_token === asked) return letGo.includes(job.state) ? 'doubtful' : 'held'
  if (effect.fencing_token === decided) return 'decided'
  const isAtWork = job.state === 'running' && effect.fencing_token === job.fencing_token
  return isAtWork ? 'under way' : 'doubtful'
}
