import type { Sentence } from '../../language.ts'

/** What people read for each action of the audit log; one without a name shows its verb. */
export const actionNames: Record<string, Sentence> = {
  login: { ja: 'ログイン', en: 'Log in' },
  logout: { ja: 'ログアウト', en: 'Log out' },
  retry: { ja: '再実行', en: 'Retry' },
  discard: { ja: '破棄', en: 'Discard' },
  cancel: { ja: '取消', en: 'Cancel' },
  'mail-again': { ja: 'メールを再送', en: 'Send the mail again' },
  'retry-all': { ja: 'すべて再実行', en: 'Retry all' },
  'discard-all': { ja: 'すべて破棄', en: 'Discard all' },
  'cancel-all': { ja: 'すべて取消', en: 'Cancel all' }
}
