import { type Html, html } from '../../../html.ts'
import { type Language, speak } from '../../../language.ts'
import { type Actor, canAct } from '../actor.ts'
import { framed } from '../frame.ts'
import { spark } from './run-chart.ts'
import { taskFacts, taskPlan } from './task-facts.ts'
import type { TaskView } from './view.ts'

export const periodicPath = '/dashboard/periodic/'

export const taskPath = (task: string) => `${periodicPath}${encodeURIComponent(task)}`

/** All periodic tasks, each with how it stands. */
export function periodicPage(tasks: TaskView[], actor: Actor | null, language: Language): string {
  const t = speak(language)
  const hasFile = tasks.some(({ entries }) => entries.length > 0)
  const body = html`<p class="hint">${t('時刻は日本時間です。cron.yaml は UTC で書かれています。', 'Times are Japan’s; cron.yaml is written in UTC.')}</p>
${!hasFile && html`<p class="notice">${t('この Web サーバーには cron.yaml がありません。', 'This web server has no cron.yaml.')}</p>`}
<ul class="tasks">${tasks.map(view => item(view, canAct(actor), language))}</ul>`
  const title = t('定期タスク', 'Periodic tasks')
  return framed({ title, language, body, path: periodicPath, section: periodicPath, actor })
}

function item(view: TaskView, hasActions: boolean, language: Language): Html {
  const { task, entries } = view
  return html`<li><div class="task-head"><h2><a href="${taskPath(task)}">${task}</a></h2>
${spark(view, language)}${hasActions && entries.length > 0 && runButton(task, language)}</div>
${taskPlan(view, language)}
${taskFacts(view, language)}</li>\n`
}

export function runButton(task: string, language: Language): Html {
  const label = speak(language)('今すぐ実行', 'Run now')
  return html`<form method="post" action="${taskPath(task)}/run"><button aria-label="${label}: ${task}">${label}</button></form>`
}
