import { type Language, type Sentence, speak } from '../../../language.ts'

/** What the numbers count that a task gives as its result. */
const countNames: Record<string, Sentence> = {
  sent: { ja: '再送', en: 'sent again' },
  released: { ja: '回収', en: 'taken back' },
  failed: { ja: '失敗', en: 'failed' },
  missed: { ja: '来なかった回の記録', en: 'missed ticks noted' },
  seen: { ja: '調べたメッセージ', en: 'messages seen' },
  dropped: { ja: '削除したメッセージ', en: 'messages dropped' },
  files: { ja: '削除したファイル', en: 'files removed' },
  jobs: { ja: '削除したジョブ', en: 'jobs removed' },
  ticks: { ja: '削除した定期実行の記録', en: 'old ticks removed' },
  actions: { ja: '削除した操作履歴', en: 'old entries of the audit log removed' },
  finished: { ja: '完了', en: 'finished' },
  kept: { ja: '受け取ったメールの通知', en: 'events of mails kept' },
  unreadable: { ja: '読めない通知', en: 'messages that are no events' },
  early: { ja: '控えを待つ通知', en: 'events before their receipt' },
  events: { ja: '削除したメールの通知', en: 'old events of mails removed' },
  announced: { ja: 'Webhookの再手配', en: 'webhooks ordered after all' },
  redriven: { ja: 'デッドレターからの再実行', en: 'dead letters redriven' }
}

/** Why there was no run: what `ticks` says of it, and the same in Japanese. */
const reasons: [RegExp, string][] = [
  [/^another run of the task is not over$/, '前の回がまだ終わっていないため'],
  [
    /^it is (\d+) s late, and another run came after its time$/,
    '$1秒遅れで届き、その間に別の回が実行されたため'
  ],
  [/^Its worker died\.$/, 'ワーカーが途中で停止しました。'],
  [/^No worker got it in time\.$/, '時間内にワーカーへ届きませんでした。']
]

/** What a run has done, as people say it; or why it did not run; an error as it is. */
export function resultText(result: string | null, language: Language): string {
  const facts = read(result)
  if (!facts) return reasonText(result ?? '', language)
  const t = speak(language)
  const words = Object.entries(facts).flatMap(([name, value]) => factText(name, value, language))
  return words.length > 0 ? words.join(t('、', ', ')) : t('することなし', 'nothing to do')
}

function reasonText(text: string, language: Language) {
  const known = language === 'ja' && reasons.find(([reason]) => reason.test(text))
  return known ? text.replace(...known) : text
}

function factText(name: string, value: unknown, language: Language): string[] {
  const t = speak(language)
  if (name === 'mailed')
    return [
      value
        ? t('メール送信済み', 'mail sent')
        : t('メールなし', 'no mail: OPERATOR_MAIL is not set')
    ]
  if (value === 0) return []
  const known = Object.hasOwn(countNames, name) ? countNames[name]?.[language] : undefined
  if (!known || typeof value !== 'number') return [`${name}: ${JSON.stringify(value)}`]
  const count = value.toLocaleString(language)
  return [t(`${known} ${count}`, `${count} ${known}`)]
}

/** JSON of a run that was done; the text of any other, and of one that was cut off, is none. */
function read(result: string | null): object | undefined {
  try {
    const value: unknown = JSON.parse(result ?? '')
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
