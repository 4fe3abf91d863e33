import { type Html, html } from '../../html.ts'
import { type Language, speak } from '../../language.ts'
import type { Job } from '../../queue/job.ts'
import { mostCounted } from '../../queue/listing.ts'
import type { State } from '../../queue/state.ts'
import { stateNames } from '../../state.ts'
import { type Actor, canAct } from './actor.ts'
import { framed } from './frame.ts'
import { actions, jobTable } from './job-table.ts'

/** Which jobs are listed: those in a state, those before an id. */
export type Filter = { state?: State | undefined; before?: number | undefined }

export type JobsView = {
  filter: Filter
  counts: Partial<Record<State, number>>
  jobs: Job[]
  /** What was just done, as in `retry-12`. */
  done: string | undefined
  actor: Actor | null
}

export function jobsPage(view: JobsView, language: Language): string {
  const { filter, jobs, done, actor } = view
  const t = speak(language)
  const title = t('ジョブ一覧', 'Jobs')
  const next = jobsPath({ ...filter, before: jobs.at(-1)?.id })
  const body = html`<nav class="states" aria-label="${t('状態', 'States')}">${tabs(view, language)}</nav>
${jobs.length > 0 ? jobTable(jobs, queryOf(filter), language, canAct(actor)) : html`<p>${t('ジョブはありません。', 'There are no jobs here.')}</p>`}
${jobs.length === 50 && html`<p><a href="${next}">${t('次の50件', 'Next 50')}</a></p>`}`
  return framed({
    ...{ title, language, body, path: jobsPath(filter), section: '/dashboard/jobs/', actor },
    notice: done && notice(done, language)
  })
}

/** The address of a list, and of what to say on it. */
export function jobsPath(filter: Filter, done?: string): string {
  return `/dashboard/jobs/${queryOf(filter, done)}`
}

function queryOf({ state, before }: Filter, done?: string) {
  const entries = Object.entries({ state, before, done }).filter(([, value]) => value)
  return entries.length > 0 ? `?${entries.map(entry => entry.join('=')).join('&')}` : ''
}

/** What was just done to a job, in words; nothing for what no action of ours has written. */
export function notice(done: string, language: Language): string | false {
  const t = speak(language)
  const [, name, id] = /^(retry|discard|cancel|nothing)-(\d{1,15})$/.exec(done) ?? []
  if (!name) return false
  const moved = t(
    '状態が変わっていたため、何もしていません。',
    'it has moved on; nothing was done.'
  )
  const text = actions.find(action => action.name === name)?.done[language] ?? moved
  return t(`ジョブ ${id}：${text}`, `Job ${id}: ${text}`)
}

function tabs({ filter, counts }: JobsView, language: Language): Html[] {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const names = Object.entries(stateNames) as [State, (typeof stateNames)[State]][]
  return [
    tab(jobsPath({}), speak(language)('すべて', 'All'), all, !filter.state),
    ...names.map(([state, label]) =>
      tab(jobsPath({ state }), label[language], counts[state] ?? 0, filter.state === state)
    )
  ]
}

function tab(href: string, label: string, count: number, isCurrent: boolean) {
  const number = count > mostCounted ? `${mostCounted.toLocaleString('en')}+` : count
  return html`<a href="${href}"${isCurrent && html` aria-current="page"`}>${label} <b>${number}</b></a>`
}
