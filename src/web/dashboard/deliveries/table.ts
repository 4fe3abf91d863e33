import { type Html, html } from '../../../html.ts'
import { type Language, speak } from '../../../language.ts'
import { stateNames } from '../../../state.ts'
import { canReplay } from '../../../webhook/deliver.ts'
import { due } from '../../due.ts'
import { cardTable } from '../card-table.ts'
import { jobPath } from '../job-page.ts'
import { japanTimeTag } from '../time.ts'
import { deliveriesSection, deliveryPath, listPath } from './query.ts'
import type { Delivery } from './view.ts'

/** Deliveries as a table, on a phone as cards. */
export function deliveryTable(
  deliveries: Delivery[],
  hasActions: boolean,
  language: Language
): Html {
  const t = speak(language)
  const names = ['ID', t('宛先', 'Endpoint'), t('通知', 'Event'), t('ジョブ', 'Job')]
  const others = [t('状態', 'State'), t('試行', 'Attempts'), t('受付 (JST)', 'Recorded (JST)')]
  const heads = [...names, ...others, ...(hasActions ? [t('操作', 'Actions')] : [])]
  return cardTable(
    heads,
    deliveries.map(delivery => cells(delivery, language))
  )
}

function cells({ job, message }: Delivery, language: Language) {
  const about = jobOf(message.body)
  return [
    html`<a href="${deliveryPath(job.id)}">${job.id}</a>`,
    html`<a href="${listPath({ webhook: message.webhook })}">${message.webhook}</a>`,
    message.type,
    html`<span>${about && html`<a href="${jobPath(about)}">${about}</a>`}</span>`,
    html`<div class="delivery-state"><span class="state state-${job.state}">${stateNames[job.state][language]}</span>${due(job, language)}${job.error && html`<span class="webhook-said">${job.error.split('\n')[0]}</span>`}</div>`,
    job.attempts,
    japanTimeTag(job.waiting_at),
    html`<div class="actions">${canReplay(job) && replayButton(job.id, language)}</div>`
  ]
}

/** The job that a body tells of; a test tells of none. */
export function jobOf(body: string): number | undefined {
  const { id } = JSON.parse(body).data ?? {}
  return Number.isSafeInteger(id) ? id : undefined
}

export function replayButton(id: number, language: Language): Html {
  const label = speak(language)('もう一度送る', 'Replay')
  return html`<form method="post" action="${deliveriesSection}${id}/replay"><button>${label}</button></form>`
}
