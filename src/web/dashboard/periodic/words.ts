import type { Sentence } from '../../../language.ts'
import type { TickState } from '../../../queue/tick-log.ts'

export const tickStateNames: Record<TickState, Sentence> = {
  running: { ja: '実行中', en: 'running' },
  done: { ja: '完了', en: 'done' },
  failed: { ja: '失敗', en: 'failed' },
  skipped: { ja: '見送り', en: 'skipped' },
  missed: { ja: '未実行', en: 'missed' }
}

/** What the tasks are for that come with Beanline; one of one's own says it by its name. */
export const purposes: Record<string, Sentence> = {
  sweep: {
    ja: 'キューから失われたジョブを送り直し、ワーカーが落ちた試行を終わらせます。',
    en: 'Sends again what the queue has lost, and ends the attempts whose worker died.'
  },
  'dead-letter': {
    ja: 'デッドレターキューに入ったメッセージのジョブを、失敗にします。',
    en: 'Fails the jobs whose messages ended in the dead-letter queue.'
  },
  'mail-events': {
    ja: 'メールが届いたか戻ったかのSESからの通知を受け取ります。',
    en: 'Keeps what SES tells of mails: delivered, bounced, complained about.'
  },
  prune: {
    ja: '期限の切れたファイルと、古いジョブを削除します。',
    en: 'Takes away expired files and old jobs.'
  },
  digest: {
    ja: '直近24時間のジョブについて、運用担当にメールで知らせます。',
    en: 'Mails the operator what became of the jobs of the last 24 hours.'
  }
}
