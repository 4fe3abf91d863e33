import type { Sentence } from '../../language.ts'

/** What people read for each action of the audit log; one without a name shows its verb. */
export const actionNames: Record<string, Sentence> = {
  login: { ja: 'ログイン', en: 'Log in' },
  logout: { ja: 'ログアウト', en: 'Log out' },
  retry: { ja: '再実行', en: 'Retry' },
  discard: { ja: '破棄', en: 'Discard' },
  cancel: { ja: '取消', en: 'Cancel' },
  'retry-all': { ja: 'すべて再実行', en: 'Retry all' },
  'discard-all': { ja: 'すべて破棄', en: 'Discard all' },
  'cancel-all': { ja: 'すべて取消', en: 'Cancel all' },
  look: { ja: 'デッドレターを調べる', en: 'Look through the dead letters' },
  redrive: { ja: 'デッドレターを再実行', en: 'Redrive a dead letter' },
  'redrive-some': { ja: 'デッドレターをいくつか再実行', en: 'Redrive some dead letters' },
  'redrive-all': { ja: 'デッドレターのグループの再実行を開始', en: 'Begin to redrive a group' },
  'redrive-stop': { ja: 'グループの再実行を停止', en: 'Stop a redrive' },
  'letter-discard': { ja: 'デッドレターを破棄', en: 'Discard a dead letter' },
  'letter-discard-some': {
    ja: 'デッドレターのグループを破棄',
    en: 'Discard a group of dead letters'
  },
  revise: { ja: '内容を編集', en: 'Edit the payload' }
}
