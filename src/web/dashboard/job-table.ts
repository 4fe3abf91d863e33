import { type Html, html } from '../../html.ts'
import { type Language, type Sentence, speak } from '../../language.ts'
import { type Decision, decisionsIn } from '../../queue/decision.ts'
import type { Listed } from '../../queue/find.ts'
import { stateNames } from '../../state.ts'
import { confirmed } from '../confirm.ts'
import { due } from '../due.ts'
import { cardTable } from './card-table.ts'
import { japanTimeTag } from './time.ts'

export type Action = {
  name: Decision
  label: Sentence
  done: Sentence
  /** Asks before it does what can't be undone. */
  asks?: Sentence
}

const retry: Action = {
  name: 'retry',
  label: { ja: '再実行', en: 'Retry' },
  done: { ja: '再実行します。', en: 'it runs again.' }
}
const discard: Action = {
  name: 'discard',
  label: { ja: '破棄', en: 'Discard' },
  done: { ja: '破棄しました。', en: 'discarded.' },
  asks: { ja: '元に戻せません。', en: 'This can’t be undone.' }
}
const cancel: Action = {
  name: 'cancel',
  label: { ja: '取消', en: 'Cancel' },
  done: { ja: '取り消しました。', en: 'cancelled.' },
  asks: { ja: '元に戻せません。', en: 'This can’t be undone.' }
}

export const actions = [retry, discard, cancel]

const actionFor: Record<Decision, Action> = { retry, discard, cancel }

/** The jobs as a table, on a phone as cards. `query` is the list's, to come back to it after an action. */
export function jobTable(
  jobs: Listed[],
  query: string,
  language: Language,
  hasActions: boolean
): Html {
  const heads = headings(language).slice(0, hasActions ? undefined : -1)
  return cardTable(
    heads,
    jobs.map(job => cells(job, query, language))
  )
}

function headings(language: Language) {
  const t = speak(language)
  return [
    'ID',
    t('種類', 'Kind'),
    t('状態', 'State'),
    t('試行', 'Attempts'),
    t('受付 (JST)', 'Recorded (JST)'),
    t('エラー', 'Error'),
    t('操作', 'Actions')
  ]
}

function cells(job: Listed, query: string, language: Language) {
  return [
    html`<a href="/dashboard/jobs/${job.id}">${job.id}</a>`,
    job.kind,
    html`<span class="state state-${job.state}">${stateNames[job.state][language]}</span> ${due(job, language)}`,
    job.attempts,
    japanTimeTag(job.waiting_at),
    html`<span class="cause">${job.error?.split('\n')[0]}</span>`,
    actionsOf(job, query, language)
  ]
}

/** The buttons for what can be done with a job in its state; `query` says where to come back to. */
export function actionsOf(job: Listed, query: string, language: Language): Html {
  const possible = decisionsIn[job.state] ?? []
  const buttons = possible.map(name => button(job, actionFor[name], query, language))
  return html`<div class="actions">${buttons}</div>`
}

function button({ id }: Listed, { name, label, asks }: Action, query: string, language: Language) {
  const form = html`<form method="post" action="/dashboard/jobs/${id}/${name}${query}"><button>${label[language]}</button></form>`
  return asks ? confirmed(label[language], asks[language], form) : form
}
