import { type Html, html } from '../../../html.ts'
import { japanTime } from '../../../japan-time.ts'
import { type Language, speak } from '../../../language.ts'
import type { Noted, TickState } from '../../../queue/tick-log.ts'
import { facts } from '../job-result.ts'
import { roughDuration } from '../overview/rough-duration.ts'
import { japanTimeTag } from '../time.ts'
import { resultText } from './result-text.ts'
import { tookOf } from './run-chart.ts'
import { scheduleText } from './schedule-text.ts'
import type { TaskView } from './view.ts'
import { purposes, tickStateNames } from './words.ts'

/** What a task is for, and when it is due. */
export function taskPlan({ task, entries }: TaskView, language: Language): Html {
  const t = speak(language)
  const purpose = Object.hasOwn(purposes, task) && purposes[task]?.[language]
  if (entries.length === 0)
    return html`<p class="notice">${t('cron.yaml にこのタスクはもうありません。過去の記録だけが残っています。', 'This task is no longer in cron.yaml; only its past is left.')}</p>`
  const lines = entries.map(({ times, written }) => {
    const words = scheduleText(times, language)
    return html`<li>${words && `${words} `}<code>${written}</code>${!words && ' (UTC)'}</li>`
  })
  return html`${purpose && html`<p class="purpose">${purpose}</p>`}
<ul class="schedules">${lines}</ul>`
}

/** The last run and the next, and how the last day went. */
export function taskFacts(view: TaskView, language: Language): Html {
  const t = speak(language)
  const [last] = view.runs
  return facts([
    [
      t('前回', 'Last run'),
      last ? lastRun(last, view.now, language) : t('まだ実行されていません', 'never yet')
    ],
    [t('次回', 'Next run'), nextRun(view, language)],
    [t('直近24時間', 'Last 24 h'), counted(view.counts, language)]
  ])
}

function lastRun(run: Noted, now: number, language: Language): Html {
  const t = speak(language)
  const { state, scheduled_at, result } = run
  const age = roughDuration(Math.max(0, now - run.began_at), language)
  const took = roughDuration(
    state === 'running' ? Math.max(0, now - run.began_at) : tookOf(run),
    language
  )
  return html`<span class="state tick-${state}">${tickStateNames[state][language]}</span>
${japanTimeTag(scheduled_at)} ${t(`（${age}前、所要${took}）`, `(${age} ago, took ${took})`)}
<br>${state === 'failed' ? html`<span class="error">${result}</span>` : state === 'done' && resultText(result, language)}`
}

function nextRun({ next, overdueAt, now }: TaskView, language: Language): Html | false {
  const t = speak(language)
  const late =
    overdueAt !== undefined &&
    html`<span class="error">${t(`${japanTime(overdueAt)} の回が来ていません。`, `The tick of ${japanTime(overdueAt)} has not come.`)}</span> `
  const text =
    next !== undefined &&
    html`${japanTimeTag(next)} ${t(`（${roughDuration(next - now, language)}後）`, `(in ${roughDuration(next - now, language)})`)}`
  return next !== undefined && html`${late}${text}`
}

const shown: TickState[] = ['done', 'failed', 'skipped', 'missed']

function counted(counts: TaskView['counts'], language: Language) {
  const comma = speak(language)('、', ', ')
  const parts = shown.map(
    (state, index) =>
      html`${index > 0 && comma}<span class="tick-count">${tickStateNames[state][language]} ${(counts[state] ?? 0).toLocaleString(language)}</span>`
  )
  return html`${parts}`
}
