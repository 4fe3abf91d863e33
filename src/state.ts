import type { Sentence } from './language.ts'
import type { State } from './queue/state.ts'

/** What people call each state; the same words everywhere. */
export const stateNames: Record<State, Sentence> = {
  waiting: { ja: '待機中', en: 'Waiting' },
  running: { ja: '作成中', en: 'In progress' },
  retrying: { ja: '再試行待ち', en: 'Trying again soon' },
  finished: { ja: '完了', en: 'Finished' },
  failed: { ja: '失敗', en: 'Failed' },
  discarded: { ja: '破棄', en: 'Discarded' },
  cancelled: { ja: '取消', en: 'Cancelled' }
}
