import { type Html, html } from '../../../html.ts'
import { japanTime } from '../../../japan-time.ts'
import { type Language, speak } from '../../../language.ts'
import type { Job } from '../../../queue/job.ts'
import type { Webhook } from '../../../queue/webhook.ts'
import type { WebhookAttempt } from '../../../queue/webhook-attempt.ts'
import { stateNames } from '../../../state.ts'
import { canReplay, messageOf } from '../../../webhook/deliver.ts'
import type { Message } from '../../../webhook/message.ts'
import { secondsOf } from '../../../webhook/signature.ts'
import { due } from '../../due.ts'
import { type Actor, canAct } from '../actor.ts'
import { framed } from '../frame.ts'
import { jobPath } from '../job-page.ts'
import { facts } from '../job-result.ts'
import { japanTimeTag } from '../time.ts'
import { notice } from './notice.ts'
import { deliveriesSection, deliveryPath, listPath } from './query.ts'
import { jobOf, replayButton } from './table.ts'

type DeliveryView = { job: Job; webhook: Webhook | undefined; attempts: WebhookAttempt[] }

type Around = { actor: Actor | null; done: unknown }

/** One delivery: each attempt with what was answered, and the request as it was sent. */
export function deliveryPage(
  { job, webhook, attempts }: DeliveryView,
  { actor, done }: Around,
  language: Language
): string {
  const t = speak(language)
  const message = messageOf(job)
  const about = jobOf(message.body)
  const removed = t(`${message.webhook}（削除済み）`, `${message.webhook} (removed)`)
  const body = html`<div class="job-head delivery-head"><p class="state state-${job.state}">${stateNames[job.state][language]}</p>
${canAct(actor) && canReplay(job) && replayButton(job.id, language)}
${due(job, language)} <a href="${jobPath(job.id)}">${t('ジョブとしてのページ', 'Its page as a job')}</a></div>
${facts([
  [
    t('宛先', 'Endpoint'),
    webhook ? html`<a href="${listPath({ webhook: webhook.id })}">${webhook.url}</a>` : removed
  ],
  [t('通知', 'Event'), message.type],
  [t('ジョブ', 'Job'), about && html`<a href="${jobPath(about)}">${about}</a>`],
  [t('受付', 'Recorded'), `${japanTime(job.waiting_at)} JST`],
  [t('最後のエラー', 'Last error'), job.error?.split('\n')[0]]
])}
<h2>${t('試行', 'Attempts')}</h2>
${attempts.length > 0 ? html`<ol class="timeline">${attempts.map(one => attemptItem(one, message, language))}</ol>` : html`<p class="hint">${t('まだ送っていません。', 'It has not been sent yet.')}</p>`}
<h2>${t('本文', 'Body')}</h2>
<pre class="payload" tabindex="0" role="region" aria-label="${t('本文', 'Body')}">${message.body}</pre>`
  return framed({
    ...{ title: t(`通知 ${job.id}`, `Delivery ${job.id}`), language, body, actor },
    ...{ path: deliveryPath(job.id), section: deliveriesSection, notice: notice(done, language) }
  })
}

function attemptItem(attempt: WebhookAttempt, message: Message, language: Language): Html {
  const t = speak(language)
  const { at, ms, is_ok, status, said, signature } = attempt
  const title = status === null ? t('応答なし', 'No answer') : `HTTP ${status}`
  const headers = [
    `webhook-id: ${message.id}`,
    `webhook-timestamp: ${secondsOf(Number(at))}`,
    `webhook-signature: ${signature}`
  ].join('\n')
  return html`<li class="${is_ok ? 'is-done' : 'is-broken'}">${japanTimeTag(Number(at))} <b>${title}</b> <span class="hint">${ms.toLocaleString('en')} ms</span>
${said && html`<p class="webhook-said">${said}</p>`}
<details class="trace"><summary>${t('ヘッダー', 'Headers')}</summary><pre tabindex="0">${headers}</pre></details></li>`
}
