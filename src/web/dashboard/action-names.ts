import type { Sentence } from '../../language.ts'

/** What people read for each action of the audit log; one without a name shows its verb. */
export const actionNames: Record<string, Sentence> = {
  login: { ja: 'ログイン', en: 'Log in' },
  logout: { ja: 'ログアウト', en: 'Log out' },
  'run-now': { ja: '定期タスクの実行', en: 'Run a periodic task' },
  retry: { ja: '再実行', en: 'Retry' },
  discard: { ja: '破棄', en: 'Discard' },
  cancel: { ja: '取消', en: 'Cancel' },
  'mail-again': { ja: 'メールを再送', en: 'Send the mail again' },
  'retry-all': { ja: 'すべて再実行', en: 'Retry all' },
  'discard-all': { ja: 'すべて破棄', en: 'Discard all' },
  'cancel-all': { ja: 'すべて取消', en: 'Cancel all' },
  'webhook-add': { ja: 'Webhookの宛先の追加', en: 'Add an endpoint' },
  'webhook-test': { ja: 'Webhookの試験送信', en: 'Send a test event' },
  'webhook-pause': { ja: 'Webhookの停止', en: 'Pause an endpoint' },
  'webhook-resume': { ja: 'Webhookの再開', en: 'Resume an endpoint' },
  'webhook-rotate': { ja: 'Webhookの署名鍵の更新', en: 'Change a secret' },
  'webhook-remove': { ja: 'Webhookの宛先の削除', en: 'Remove an endpoint' },
  'webhook-replay': { ja: 'Webhookの再送', en: 'Replay a delivery' },
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
  revise: { ja: '内容を編集', en: 'Edit the payload' },
  enqueue: { ja: '投入', en: 'Enqueue' },
  'key-add': { ja: 'APIキーの作成', en: 'Make an API key' },
  'key-rotate': { ja: 'APIキーの交換', en: 'Rotate an API key' },
  'key-revoke': { ja: 'APIキーの失効', en: 'Revoke an API key' }
}
