import type { Sentence } from '../language.ts'
import { asked, decided, type NamedEffect } from '../queue/effect.ts'
import type { Job } from '../queue/job.ts'

/** What is known of an effect that must not happen twice. */
export type EffectState = 'done' | 'under way' | 'held' | 'decided' | 'doubtful'

export const effectStates: Record<EffectState, Sentence> = {
  done: { ja: '済み', en: 'Done' },
  'under way': { ja: '作業中', en: 'Under way' },
  held: { ja: '保留（確認が必要）', en: 'Held: needs a decision' },
  decided: { ja: '次の試行で行う', en: 'Left to the next attempt' },
  doubtful: { ja: '不明', en: 'In doubt' }
}

/** What was received for an effect: in the row of a job that has finished, or in the ledger. */
export type Receipt = { messageId?: string; to?: string; subject?: string; at?: number }

export function receiptOf({ step, receipt, done_at }: NamedEffect, { receipts }: Job): Receipt {
  const ofJob = JSON.parse(receipts ?? '{}')[step]
  const ofLedger = done_at === null ? {} : { at: done_at, ...JSON.parse(receipt ?? '{}') }
  return { ...ofLedger, ...ofJob }
}

export function effectState(effect: NamedEffect, job: Job): EffectState {
  const isInJob = JSON.parse(job.receipts ?? '{}')[effect.step] !== undefined
  if (effect.done_at !== null || isInJob) return 'done'
  if (effect.fencing_token === asked) return 'held'
  if (effect.fencing_token === decided) return 'decided'
  const isAtWork = job.state === 'running' && effect.fencing_token === job.fencing_token
  return isAtWork ? 'under way' : 'doubtful'
}
