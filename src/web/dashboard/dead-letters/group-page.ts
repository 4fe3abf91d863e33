import { type Html, html } from '../../../html.ts'
import { japanTime } from '../../../japan-time.ts'
import { type Language, speak } from '../../../language.ts'
import type { LetterGroup, ListedLetter } from '../../../queue/letter-list.ts'
import { mostCounted } from '../../../queue/listing.ts'
import { mostPerMinute, type RedriveWithCount } from '../../../queue/redrive-order.ts'
import { confirmed } from '../../confirm.ts'
import { type Actor, canAct } from '../actor.ts'
import { cardTable } from '../card-table.ts'
import { framed } from '../frame.ts'
import { amount } from '../overview/number.ts'
import { few, portion } from './act.ts'
import { nameOf } from './list-page.ts'
import { letters as lettersText, live } from './live.ts'
import { notice } from './notice.ts'
import { groupPath, letterPath, lettersPath } from './path.ts'
import { redriveList } from './redrive-list.ts'

export type GroupView = {
  group: Pick<LetterGroup, 'fingerprint' | 'kind' | 'sentence' | 'isStrange' | 'count'>
  /** The first of them. */
  letters: ListedLetter[]
  redrives: RedriveWithCount[]
  time: number
}

type Around = { actor: Actor | null; done: string }

const usualPerMinute = 60

/** The dead letters whose errors have a sentence in common, and what can be done with them. */
export function groupPage(view: GroupView, { actor, done }: Around, language: Language): string {
  const t = speak(language)
  const { group, letters, redrives, time } = view
  const isMoving = redrives.some(({ state }) => state === 'running')
  const count = amount(group.count, language, mostCounted)
  const rest = group.count > letters.length
  const body = html`<p class="fingerprint">${group.kind && html`<b>${group.kind}</b> `}${nameOf(group, language)}</p>
${letters[0]?.job?.error && sample(letters[0].job.error, language)}
${live(isMoving, time, language)}
<section data-part="redrives" tabindex="-1">${redriveList(redrives, language, canAct(actor))}</section>
<section data-part="actions" tabindex="-1">${canAct(actor) && group.count > 0 && actions(view, isMoving, language)}</section>
<section data-part="letters" tabindex="-1"><h2>${lettersText(count, language)}</h2>
${letters.length > 0 ? letterTable(letters, language, canAct(actor)) : html`<p>${t('このグループには、もうありません。', 'There is none left in this group.')}</p>`}
${rest && html`<p class="hint">${t(`最初の${letters.length}件を表示しています。`, `The first ${letters.length} are shown.`)}</p>`}</section>
<p><a href="${lettersPath}">${t('一覧に戻る', 'Back to the list')}</a></p>`
  return framed({
    ...{ title: t('デッドレター', 'Dead letters'), language, body, actor },
    ...{ path: groupPath(group.fingerprint), section: lettersPath, notice: notice(done, language) },
    ...(isMoving && { script: 'overview.js', refreshSeconds: 30 })
  })
}

function sample(error: string, language: Language) {
  const label = speak(language)('エラーの例', 'One of the errors')
  return html`<details class="trace"><summary>${label}</summary><pre tabindex="0">${error}</pre></details>`
}

function actions({ group }: GroupView, isMoving: boolean, language: Language): Html {
  const path = groupPath(group.fingerprint)
  return html`<div class="letter-actions">${!group.isStrange && resending(path, isMoving, language)}
${discarding(group, path, language)}</div>`
}

function resending(path: string, isMoving: boolean, language: Language): Html {
  const t = speak(language)
  const all = html`<form method="post" action="${path}/start"><label for="pace">${t('1分あたりの件数', 'How many a minute')}</label>
<input id="pace" name="perMinute" type="number" min="1" max="${mostPerMinute}" value="${usualPerMinute}" required>
<button class="primary">${t('すべて再実行', 'Redrive all')}</button>
<p class="hint">${t('同じエラーがまた起きると、自動で止まります。', 'It stops by itself when the same error comes back.')}</p></form>`
  return html`<form method="post" action="${path}/redrive"><button>${t(`${few}件まで再実行`, `Redrive up to ${few}`)}</button></form>
${!isMoving && all}`
}

function discarding(
  { isStrange, count }: GroupView['group'],
  path: string,
  language: Language
): Html {
  const t = speak(language)
  const asks = isStrange
    ? t('メッセージをキューから削除します。', 'The messages are deleted from the queue.')
    : t(
        'ジョブを破棄し、メッセージを削除します。依頼した人のページでは、ファイルも受け取れなくなります。元に戻せません。',
        'The jobs are discarded, and the messages deleted. The people’s pages no longer give the files, either. This can’t be undone.'
      )
  const label =
    count > portion
      ? t(`最初の${portion}件を破棄`, `Discard the first ${portion}`)
      : t('すべて破棄', 'Discard all')
  const form = html`<form method="post" action="${path}/discard"><button>${label}</button></form>`
  return confirmed(label, asks, form)
}

function letterTable(letters: ListedLetter[], language: Language, hasActions: boolean): Html {
  const t = speak(language)
  const heads = [
    t('ジョブ', 'Job'),
    t('発見 (JST)', 'Found (JST)'),
    t('配信', 'Delivered'),
    t('エラー・本文', 'Error or body'),
    t('メッセージ', 'Message'),
    ...(hasActions ? [t('操作', 'Actions')] : [])
  ]
  const row = (letter: ListedLetter) => {
    const { job, body, receives, first_seen_at, message_id } = letter
    return [
      html`<span>${job && html`<a href="/dashboard/jobs/${job.id}">${job.id}</a>`}</span>`,
      html`<span>${japanTime(first_seen_at)}</span>`,
      html`<span>${receives}</span>`,
      html`<span class="cause">${job ? job.error?.split('\n')[0] : body.slice(0, 200)}</span>`,
      html`<a href="${letterPath(message_id)}">${message_id.slice(0, 8)}…</a>`,
      letterActions(letter, language)
    ]
  }
  return cardTable(heads, letters.map(row))
}

/** The buttons for one letter. */
export function letterActions({ message_id, job }: ListedLetter, language: Language): Html {
  const t = speak(language)
  const path = letterPath(message_id)
  const form = (action: string, label: string) =>
    html`<form method="post" action="${path}/${action}"><button>${label}</button></form>`
  const discard = t('破棄', 'Discard')
  return html`<div class="actions">${job && form('redrive', t('再実行', 'Redrive'))}
${confirmed(discard, t('元に戻せません。', 'This can’t be undone.'), form('discard', discard))}</div>`
}
