import type { Sentence } from '../language.ts'
import type { Entry } from '../queue/timeline.ts'

/** What each entry says that is no attempt, and how an attempt ended. */
export const entryNames: Record<Entry['what'], Sentence> = {
  sent: { ja: '送信', en: 'Sent to the queue' },
  'put off': { ja: '枠がないため延期', en: 'Put off: no place for a long job' },
  claimed: { ja: '開始', en: 'Begun' },
  'taken over': { ja: 'ワーカー停止（引き継ぎ）', en: 'Worker died, taken over' },
  finished: { ja: '完了', en: 'Finished' },
  retrying: { ja: '失敗、再試行', en: 'Failed, comes again' },
  postponed: { ja: '時間をおいて再試行', en: 'To be run again later' },
  'handed back': { ja: '返却（ワーカー停止指示）', en: 'Handed back, worker stopped' },
  released: { ja: 'ワーカー停止（巡回が回収）', en: 'Worker died, taken back by the sweep' },
  failed: { ja: '失敗', en: 'Failed' },
  'given up': { ja: '打ち切り', en: 'Given up' },
  buried: { ja: 'デッドレターで失敗', en: 'Failed: its message is dead' },
  requeued: { ja: '運用担当者が再実行', en: 'Sent back by an operator' },
  revised: { ja: '運用担当者が内容を編集', en: 'Payload edited by an operator' },
  discarded: { ja: '運用担当者が破棄', en: 'Discarded by an operator' },
  cancelled: { ja: '運用担当者が取消', en: 'Cancelled by an operator' },
  'left out': { ja: '途中を省略', en: 'Entries in between are left out' }
}
