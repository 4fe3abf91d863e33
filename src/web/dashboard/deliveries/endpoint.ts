import { type Html, html } from '../../../html.ts'
import { japanTime } from '../../../japan-time.ts'
import { type Language, type Sentence, speak } from '../../../language.ts'
import { mostCounted } from '../../../queue/listing.ts'
import { eventsOf, kindsOf } from '../../../queue/webhook.ts'
import { confirmed } from '../../confirm.ts'
import { facts } from '../job-result.ts'
import { amount } from '../overview/number.ts'
import { type ActName, markOf } from './act.ts'
import { deliveriesSection, listPath } from './query.ts'
import type { Endpoint } from './view.ts'

/** How an endpoint stands, and what can be done with it. */
export function endpointCard(
  { webhook, health }: Endpoint,
  hasActions: boolean,
  language: Language
): Html {
  const t = speak(language)
  const { id, url, paused_at, paused_for, made_at, made_by } = webhook
  const isPaused = paused_at !== null
  const state = isPaused ? t('停止中', 'Paused') : t('有効', 'Active')
  const { succeededAt, failures } = health
  const list = facts([
    [t('通知', 'Events'), eventsOf(webhook).join(', ')],
    [t('種類', 'Kinds'), kindsOf(webhook)?.join(', ') ?? t('すべて', 'all')],
    [
      t('最後の成功', 'Last success'),
      succeededAt ? `${japanTime(succeededAt)} JST` : t('なし', 'none yet')
    ],
    [t('失敗（24時間）', 'Failed in 24 h'), amount(failures, language, mostCounted)],
    [t('停止', 'Paused'), isPaused && `${japanTime(Number(paused_at))} JST`],
    [t('停止の理由', 'Paused for'), paused_for],
    [t('追加', 'Added'), `${japanTime(Number(made_at))} JST, ${made_by}`]
  ])
  return html`<article class="endpoint" aria-labelledby="endpoint-${id}">
<h3 id="endpoint-${id}"><span>${id}</span> ${url}</h3>
<p><span class="state ${isPaused ? 'is-paused' : 'state-finished'}">${state}</span>
<a href="${listPath({ webhook: id })}">${t('この宛先への通知', 'Its deliveries')}</a></p>
${list}
${hasActions && buttons(webhook, isPaused, language)}
</article>`
}

const labels: Record<ActName, Sentence> = {
  test: { ja: '試験送信', en: 'Send a test' },
  pause: { ja: '停止', en: 'Pause' },
  resume: { ja: '再開', en: 'Resume' },
  remove: { ja: '削除', en: 'Remove' }
}

function buttons(webhook: Endpoint['webhook'], isPaused: boolean, language: Language) {
  const t = speak(language)
  const form = (name: string, label: string, field: Html | false = false) =>
    html`<form method="post" action="${deliveriesSection}webhooks/${webhook.id}/${name}">${field}<button>${label}</button></form>`
  const act = (name: ActName) => form(name, labels[name][language])
  const rotate = t('署名鍵の更新', 'Change the secret')
  const mark = html`<input type="hidden" name="mark" value="${markOf(webhook)}">`
  return html`<div class="actions">${act('test')}${act(isPaused ? 'resume' : 'pause')}
${confirmed(rotate, t('24時間は、新旧両方の鍵で署名します。', 'For 24 hours everything is signed with both.'), form('rotate', rotate, mark))}
${confirmed(labels.remove[language], t('まだ届いていない通知は、送られなくなります。', 'What has not arrived yet is not sent any more.'), act('remove'))}</div>`
}
