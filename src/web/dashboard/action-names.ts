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
  enqueue: { ja: '投入', en: 'Enqueue' },
  'key-add': { ja: 'APIキーの作成', en: 'Make an API key' },
  'key-rotate': { ja: 'APIキーの交換', en: 'Rotate an API key' },
  'key-revoke': { ja: 'APIキーの失効', en: 'Revoke an API key' }
}
