import { type Html, html } from '../../html.ts'
import { type Language, type Sentence, speak } from '../../language.ts'
import type { Action, ActionFilter } from '../../queue/action.ts'
import { actionNames } from './action-names.ts'
import { type Actor, roleNames } from './actor.ts'
import { cardTable } from './card-table.ts'
import { framed } from './frame.ts'
import { queryOf } from './jobs-query.ts'
import { pageLinks } from './page-links.ts'
import { japanTimeTag } from './time.ts'

type ActionsView = {
  filter: ActionFilter
  actions: Action[]
  /** There are no older ones. */
  isLast: boolean
  actor: Actor | null
}

const path = '/dashboard/actions'

const outcomes: Record<Action['outcome'], Sentence> = {
  begun: { ja: '結果不明', en: 'unknown' },
  done: { ja: '完了', en: 'done' },
  nothing: { ja: '変更なし', en: 'nothing to do' },
  failed: { ja: 'エラー', en: 'error' }
}

const senders: Record<Action['role'], Sentence> = {
  ...roleNames,
  api: { ja: 'APIキー', en: 'API key' }
}

export function actionsPage(
  { filter, actions, isLast, actor }: ActionsView,
  language: Language
): string {
  const t = speak(language)
  const title = t('操作履歴', 'Audit log')
  const older = addressOf({ ...filter, before: actions.at(-1)?.id })
  const body = html`${filterForm(filter, language)}
${actions.length > 0 ? actionTable(actions, language) : html`<p>${t('操作の記録はありません。', 'Nothing was done here.')}</p>`}
${pageLinks({ older: !isLast && older }, language)}`
  return framed({ title, language, body, path: addressOf(filter), section: path, actor })
}

const addressOf = (filter: ActionFilter) => `${path}${queryOf(filter)}`

function filterForm({ job }: ActionFilter, language: Language): Html {
  const t = speak(language)
  return html`<form class="one-line" method="get" action="${path}">
<label for="job">${t('ジョブの番号', 'Number of a job')}</label>
<input id="job" name="job" value="${job}" inputmode="numeric" pattern="[1-9][0-9]{0,14}">
<button>${t('絞り込む', 'Filter')}</button>
${job && html`<a href="${path}">${t('すべて表示', 'Show all')}</a>`}
</form>`
}

function actionTable(actions: Action[], language: Language): Html {
  const t = speak(language)
  const heads = [
    t('時刻 (JST)', 'Time (JST)'),
    t('誰が', 'Who'),
    t('操作', 'Action'),
    t('ジョブ', 'Job'),
    t('結果', 'Outcome'),
    t('接続元', 'From'),
    t('詳細', 'Details')
  ]
  return cardTable(
    heads,
    actions.map(action => cells(action, language))
  )
}

function cells(entry: Action, language: Language): Html[] {
  const { at, name, role, action, job_id, outcome, address } = entry
  return [
    japanTimeTag(at),
    html`<span>${name} (${senders[role][language]})</span>`,
    html`<span>${nameOf(action)?.[language] ?? action}</span>`,
    html`<span>${job_id && html`<a href="${addressOf({ job: job_id })}">${job_id}</a>`}</span>`,
    html`<span>${outcomes[outcome][language]}</span>`,
    html`<span>${address}</span>`,
    html`<span class="cause">${detailsOf(entry)}</span>`
  ]
}

function nameOf(action: string) {
  return Object.hasOwn(actionNames, action) ? actionNames[action] : undefined
}

function detailsOf({ details }: Action) {
  const known = Object.entries(JSON.parse(details ?? '{}') as Record<string, unknown>)
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
  return known.map(([name, value]) => `${name}: ${text(value)}`).join(', ')
}
