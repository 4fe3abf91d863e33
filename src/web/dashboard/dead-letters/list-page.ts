import { type Html, html } from '../../../html.ts'
import { japanTime } from '../../../japan-time.ts'
import { type Language, speak } from '../../../language.ts'
import type { LetterGroup } from '../../../queue/letter-list.ts'
import { mostCounted } from '../../../queue/listing.ts'
import type { RedriveWithCount } from '../../../queue/redrive-order.ts'
import { type Actor, canAct } from '../actor.ts'
import { cardTable } from '../card-table.ts'
import { framed } from '../frame.ts'
import { amount } from '../overview/number.ts'
import { live } from './live.ts'
import { notice } from './notice.ts'
import { groupPath, lettersPath } from './path.ts'
import { redriveList } from './redrive-list.ts'

type ListView = {
  groups: LetterGroup[]
  redrives: RedriveWithCount[]
  /** When the periodic task last looked through the queue. */
  lookedAt: number | undefined
  hasQueue: boolean
  time: number
}

type Around = { actor: Actor | null; done: string }

/** The dead letters by what their errors have in common, and the redrives. */
export function listPage(view: ListView, { actor, done }: Around, language: Language): string {
  const t = speak(language)
  const { groups, redrives, time } = view
  const isMoving = redrives.some(({ state }) => state === 'running')
  const body = html`${intro(view, canAct(actor), language)}
${live(isMoving, time, language)}
<section data-part="redrives" tabindex="-1">${redriveList(redrives, language, canAct(actor))}</section>
<h2>${t('エラーごと', 'By error')}</h2>
<section data-part="groups" tabindex="-1">${groups.length > 0 ? table(groups, language) : nothing(view, language)}
${isCut(groups) && html`<p class="hint">${t(`件数は、そのうち${amount(mostCounted, language)}件を数えたものです。`, `Of all the messages ${amount(mostCounted, language)} were counted.`)}</p>`}</section>`
  return framed({
    ...{ title: t('デッドレター', 'Dead letters'), language, body, path: lettersPath, actor },
    ...{ section: lettersPath, notice: notice(done, language) },
    ...(isMoving && { script: 'overview.js', refreshSeconds: 30 })
  })
}

/** There may be more, also in each of the groups. */
const isCut = (groups: LetterGroup[]) =>
  groups.reduce((sum, { count }) => sum + count, 0) > mostCounted

function intro({ lookedAt, hasQueue }: ListView, hasActions: boolean, language: Language): Html {
  const t = speak(language)
  const last = lookedAt === undefined ? t('まだ', 'not yet') : `${japanTime(lookedAt)} JST`
  const button = html`<form method="post" action="${lettersPath}look"><button>${t('いまキューを調べる', 'Look through the queue now')}</button></form>`
  return html`<p class="lead">${t('何度配信しても処理できなかったメッセージと、そのジョブです。', 'Messages that were delivered too often for nothing, with their jobs.')}</p>
<p class="hint">${t(`5分ごとに調べています（前回の定期確認：${last}）。`, `The queue is looked through every five minutes (the last time: ${last}).`)}</p>
${hasQueue && hasActions && button}`
}

function nothing({ hasQueue }: ListView, language: Language): Html {
  const t = speak(language)
  return hasQueue
    ? html`<p>${t('見つかっているデッドレターはありません。前回の確認より後に入ったものは、次の確認で表示されます。', 'There are no dead letters that a look has found; what came since is shown after the next one.')}</p>`
    : html`<p>${t('デッドレターキューが設定されていません。環境変数 DEAD_LETTER_QUEUE_URL を設定してください（docs/deploy.md）。', 'No dead-letter queue is set: set DEAD_LETTER_QUEUE_URL (docs/deploy.md).')}</p>`
}

function table(groups: LetterGroup[], language: Language): Html {
  const t = speak(language)
  const heads = [
    t('エラー', 'Error'),
    t('件数', 'Count'),
    t('種類', 'Kind'),
    t('最初 (JST)', 'First found (JST)'),
    t('最後 (JST)', 'Last found (JST)')
  ]
  const row = (group: LetterGroup) => {
    const { fingerprint, count, kind, firstSeenAt, lastSeenAt } = group
    return [
      html`<a class="cause" href="${groupPath(fingerprint)}">${nameOf(group, language)}</a>`,
      html`<b>${amount(count, language, mostCounted)}</b>`,
      html`<span>${kind}</span>`,
      html`<span>${japanTime(firstSeenAt)}</span>`,
      html`<span>${japanTime(lastSeenAt)}</span>`
    ]
  }
  return cardTable(heads, groups.map(row))
}

/** What people call a group. */
export function nameOf(
  { sentence, isStrange }: Pick<LetterGroup, 'sentence' | 'isStrange'>,
  language: Language
): string {
  const t = speak(language)
  if (isStrange) return t('ジョブを運んでいないメッセージ', 'Messages that carry no job')
  return sentence || t('（エラーの記録なし）', '(no error is known)')
}
