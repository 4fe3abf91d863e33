import type { Sentence } from '../language.ts'
import type { EffectState } from '../queue/effect-state.ts'

/** What people read for what is known of an effect. */
export const effectStates: Record<EffectState, Sentence> = {
  done: { ja: '済み', en: 'Done' },
  'under way': { ja: '作業中', en: 'Under way' },
  held: { ja: '保留（確認が必要）', en: 'Held: needs a decision' },
  decided: { ja: '次の試行で行う', en: 'Left to the next attempt' },
  doubtful: { ja: '不明', en: 'In doubt' }
}
