import { type Html, html } from '../html.ts'
import { type Language, speak } from '../language.ts'
import { page } from '../page.ts'
import type { Job, State } from '../queue/job.ts'
import { stateNames } from '../state.ts'

export type DashboardView = {
  state: State | undefined
  counts: Partial<Record<State, number>>
  jobs: Job[]
  /** What was just done, as in `retry-12`. */
  done: string | undefined
}

type Action = { name: string; ja: string; en: string }
const retry: Action = { name: 'retry', ja: '再実行', en: 'Retry' }
const discard: Action = { name: 'discard', ja: '破棄', en: 'Discard' }
const cancel: Action = { name: 'cancel', ja: '取消', en: 'Cancel' }

const actionsIn: Partial<Record<State, Action[]>> = {
  waiting: [cancel],
  retrying: [cancel],
  failed: [retry, discard]
}

export function dashboardPage(view: DashboardView, language: Language): string {
  const t = speak(language)
  const title = t('ジョブ一覧', 'Jobs')
  const last = view.jobs.at(-1)
  const next = `?${view.state ? `state=${view.state}&` : ''}before=${last?.id}`
  const body = html`<h1>${title}</h1>
${view.done && html`<p class="notice" role="status">${notice(view.done, language)}</p>`}
<nav class="states" aria-label="${t('状態', 'States')}">${tabs(view, language)}</nav>
${view.jobs.length > 0 ? table(view.jobs, language) : html`<p>${t('ジョブはありません。', 'There are no jobs here.')}</p>`}
${view.jobs.length === 50 && html`<p><a href="${next}">${t('次の50件', 'Next 50')}</a></p>`}`
  return page({ title, language, body, path: '/dashboard/' })
}

function notice(done: string, language: Language) {
  const t = speak(language)
  const [action, id] = done.split('-')
  const known = [retry, discard, cancel].find(({ name }) => name === action)
  if (known) return t(`ジョブ ${id}: ${known.ja}しました。`, `Job ${id}: ${known.en} done.`)
  return t(
    `ジョブ ${id} の状態が変わっていたため、何もしていません。`,
    `Job ${id} has moved on; nothing was done.`
  )
}

function tabs({ state, counts }: DashboardView, language: Language): Html[] {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const names = Object.entries(stateNames) as [State, (typeof stateNames)[State]][]
  return [
    tab('/dashboard/', speak(language)('すべて', 'All'), all, !state),
    ...names.map(([name, label]) =>
      tab(`/dashboard/?state=${name}`, label[language], counts[name] ?? 0, state === name)
    )
  ]
}

function tab(href: string, label: string, count: number, isCurrent: boolean) {
  return html`<a href="${href}"${isCurrent && html` aria-current="page"`}>${label} <b>${count}</b></a>`
}

function table(jobs: Job[], language: Language): Html {
  const t = speak(language)
  const heads = [
    'ID',
    t('種類', 'Kind'),
    t('状態', 'State'),
    t('試行', 'Attempts'),
    t('受付', 'Recorded'),
    t('エラー', 'Error'),
    t('操作', 'Actions')
  ]
  return html`<div class="scroll"><table>
<thead><tr>${heads.map(head => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${jobs.map(job => row(job, language))}</tbody>
</table></div>`
}

function row(job: Job, language: Language): Html {
  const cells = [
    html`<a href="/jobs/${job.token}">${job.id}</a>`,
    job.kind,
    html`<span class="state state-${job.state}">${stateNames[job.state][language]}</span>`,
    job.attempts,
    new Date(job.waiting_at).toISOString().slice(0, 19).replace('T', ' '),
    job.error?.split('\n')[0] ?? '',
    (actionsIn[job.state] ?? []).map(action => button(job, action, language))
  ]
  return html`<tr>${cells.map(cell => html`<td>${cell}</td>`)}</tr>`
}

function button({ id }: Job, action: Action, language: Language) {
  return html`<form method="post" action="/dashboard/jobs/${id}/${action.name}"><button>${action[language]}</button></form>`
}
