import { type Html, html } from '../../html.ts'
import { type Language, speak } from '../../language.ts'
import { mostCounted } from '../../queue/listing.ts'
import type { State } from '../../queue/state.ts'
import { stateNames } from '../../state.ts'
import { type Actor, canAct } from './actor.ts'
import { bulkLinks } from './bulk-page.ts'
import { framed } from './frame.ts'
import { actions, jobTable } from './job-table.ts'
import { type Asked, jobsPath, queryOf } from './jobs-query.ts'
import { searchForm, whatWasSearched } from './jobs-search.ts'
import type { JobsView } from './jobs-view.ts'
import { amount } from './overview/number.ts'
import { pageLinks } from './page-links.ts'

/** `kinds`: those to choose from. `done`: what was just done, as in `retry-12`. */
type Around = { kinds: string[]; done: string; actor: Actor | null }

export function jobsPage(
  view: JobsView,
  { kinds, done, actor }: Around,
  language: Language
): string {
  const { asked, jobs, newer, older } = view
  const t = speak(language)
  const title = t('ジョブ一覧', 'Jobs')
  const body = html`${searchForm(asked, kinds, language)}
<nav class="states" aria-label="${t('状態', 'States')}">${tabs(view, language)}</nav>
${whatWasSearched(view, language)}
${jobs.length > 0 ? [canAct(actor) && bulkLinks(asked, language), jobTable(jobs, queryOf(asked), language, canAct(actor))] : html`<p>${t('ジョブはありません。', 'There are no jobs here.')}</p>`}
${pageLinks({ newer: newer && jobsPath(newer), older: older && jobsPath(older) }, language)}`
  return framed({
    ...{ title, language, body, path: jobsPath(asked), section: '/dashboard/jobs/', actor },
    notice: notice(done, language)
  })
}

/** What was just done to a job, in words; nothing for what no action of ours has written. */
export function notice(done: string, language: Language): string | false {
  const t = speak(language)
  const [, name, id] = /^(retry|discard|cancel|revise|nothing)-(\d{1,15})$/.exec(done) ?? []
  if (!name) return false
  const moved = t(
    '状態が変わっていたため、何もしていません。',
    'it has moved on; nothing was done.'
  )
  const revised = name === 'revise' && t('内容を保存しました。', 'its payload was saved.')
  const text = revised || (actions.find(action => action.name === name)?.done[language] ?? moved)
  return t(`ジョブ ${id}：${text}`, `Job ${id}: ${text}`)
}

function tabs({ asked, counts }: JobsView, language: Language): Html[] {
  const { before: _, after: __, by: ___, ...list } = asked
  const all = counts && Object.values(counts).reduce((sum, count) => sum + count, 0)
  const names = Object.entries(stateNames) as [State, (typeof stateNames)[State]][]
  const every = { ...list, state: undefined }
  return [
    tab(every, speak(language)('すべて', 'All'), all, !asked.state),
    ...names.map(([state, label]) =>
      tab(
        { ...list, state },
        label[language],
        counts && (counts[state] ?? 0),
        asked.state === state
      )
    )
  ]
}

function tab(asked: Asked, label: string, count: number | undefined, isCurrent: boolean) {
  const number = count !== undefined && html` <b>${amount(count, 'en', mostCounted)}</b>`
  return html`<a href="${jobsPath(asked)}"${isCurrent && html` aria-current="page"`}>${label}${number}</a>`
}
