import { type Html, html } from '../../../html.ts'
import { type Language, speak } from '../../../language.ts'
import { isByHand } from '../../../queue/periodic.ts'
import type { Noted, TickFilter, TickState } from '../../../queue/tick-log.ts'
import { type Actor, canAct } from '../actor.ts'
import { cardTable } from '../card-table.ts'
import { framed } from '../frame.ts'
import { queryOf } from '../jobs-query.ts'
import { roughDuration } from '../overview/rough-duration.ts'
import { japanTimeTag } from '../time.ts'
import { type Asked, askedText, isAwaited } from './asked.ts'
import { periodicPath, runButton, taskPath } from './page.ts'
import { resultText } from './result-text.ts'
import { runChart, tookOf } from './run-chart.ts'
import { taskFacts, taskPlan } from './task-facts.ts'
import type { TaskView } from './view.ts'
import { tickStateNames } from './words.ts'

/** `ticks`: those of a page; `isLast`: there are no older ones. */
export type Listing = { filter: TickFilter; ticks: Noted[]; isLast: boolean }
type Around = { asked: Asked | undefined; isUnsent: boolean; actor: Actor | null }

/** Without JavaScript a page that waits for a run is loaded again after so many seconds. */
const refreshSeconds = 3

/** One task with its ticks. /assets/periodic.js brings the parts up to date that have the attribute `data-part`. */
export function taskPage(
  view: TaskView,
  listing: Listing,
  { asked, isUnsent, actor }: Around,
  language: Language
): string {
  const t = speak(language)
  const isWaiting = asked !== undefined && isAwaited(asked)
  const isRunnable = canAct(actor) && view.entries.length > 0
  const body = html`<p><a href="${periodicPath}">← ${t('定期タスクの一覧', 'All periodic tasks')}</a></p>
${taskPlan(view, language)}
<section data-part="facts">${taskFacts(view, language)}</section>
${isRunnable && html`<div class="run-now">${runButton(view.task, language)}</div>`}
<section data-part="runs">${runChart(view, language)}
<h2 id="ticks">${t('実行の記録', 'Ticks')}</h2>
${stateLinks(view.task, listing.filter, language)}
${listing.ticks.length > 0 ? tickTable(listing.ticks, language) : html`<p>${t('記録はありません。', 'There are none.')}</p>`}
${pageLinks(view.task, listing, language)}</section>`
  return framed({
    ...{ title: view.task, language, body, actor, section: periodicPath },
    path: addressOf(view.task, { ...listing.filter, asked: asked?.at }),
    notice: noticeOf(asked, isUnsent, language),
    ...(isWaiting && { script: 'periodic.js', refreshSeconds })
  })
}

function noticeOf(asked: Asked | undefined, isUnsent: boolean, language: Language) {
  if (isUnsent)
    return speak(language)(
      'SQS がメッセージを受け付けず、何も実行されていません。しばらくしてからやり直してください。',
      'SQS did not take the message, and nothing was run; try again in a while.'
    )
  return (
    asked &&
    html`<span data-part="asked"${isAwaited(asked) && html` data-waits`}>${askedText(asked, language)}</span>`
  )
}

const addressOf = (task: string, query: TickFilter & { asked?: number | undefined }) =>
  `${taskPath(task)}${queryOf(query)}`

function stateLinks(task: string, { state }: TickFilter, language: Language): Html {
  const t = speak(language)
  const names = Object.entries(tickStateNames) as [TickState, (typeof tickStateNames)[TickState]][]
  const link = (name: string, other?: TickState) =>
    html`<a href="${addressOf(task, { state: other })}#ticks"${state === other && html` aria-current="page"`}>${name}</a>`
  return html`<nav class="states" aria-label="${t('状態', 'States')}">${link(t('すべて', 'All'))}${names.map(([one, name]) => link(name[language], one))}</nav>`
}

function tickTable(ticks: Noted[], language: Language): Html {
  const t = speak(language)
  const heads = [
    t('予定 (JST)', 'Due (JST)'),
    t('状態', 'State'),
    t('開始 (JST)', 'Began (JST)'),
    t('所要', 'Took'),
    t('結果', 'Result')
  ]
  return cardTable(
    heads,
    ticks.map(tick => cells(tick, language))
  )
}

function cells(tick: Noted, language: Language): Html[] {
  const t = speak(language)
  const { scheduled_at, state, began_at, result } = tick
  const hasRun = state === 'done' || state === 'failed'
  return [
    html`<span>${japanTimeTag(scheduled_at)}${isByHand(scheduled_at) && html` <small>${t('（手動）', '(by hand)')}</small>`}</span>`,
    html`<span class="state tick-${state}">${tickStateNames[state][language]}</span>`,
    html`<span>${(hasRun || state === 'running') && japanTimeTag(began_at)}</span>`,
    html`<span>${hasRun && roughDuration(tookOf(tick), language)}</span>`,
    html`<span class="cause">${resultText(result, language)}</span>`
  ]
}

function pageLinks(task: string, { filter, ticks, isLast }: Listing, language: Language) {
  const t = speak(language)
  const older = addressOf(task, { ...filter, before: ticks.at(-1)?.scheduled_at })
  const newest = addressOf(task, { ...filter, before: undefined })
  if (isLast && !filter.before) return false
  return html`<nav class="pages" aria-label="${t('ページ', 'Pages')}">
${filter.before && html`<a class="button" href="${newest}#ticks">← ${t('最新へ', 'Newest')}</a>`}
${!isLast && html`<a class="button" rel="next" href="${older}#ticks">${t('古い50件', 'Older 50')} →</a>`}
</nav>`
}
