import { type Html, html } from '../../../html.ts'
import { type Language, speak } from '../../../language.ts'
import { mostWebhooks } from '../../../queue/webhook.ts'
import { stateNames } from '../../../state.ts'
import { kindName, nameOf } from '../../../webhook/message.ts'
import { type Actor, canAct } from '../actor.ts'
import { bulkLinks } from '../bulk-page.ts'
import { framed } from '../frame.ts'
import { pageLinks } from '../page-links.ts'
import { endpointCard } from './endpoint.ts'
import { type Draft, endpointForm } from './endpoint-form.ts'
import { notice } from './notice.ts'
import { type Asked, deliveriesSection, listPath } from './query.ts'
import { deliveryTable } from './table.ts'
import { type DeliveriesView, pageSize } from './view.ts'

type Around = { actor: Actor | null; kinds: string[]; done?: unknown; draft?: Draft }

/** Who is told of jobs, and what is sent to them. */
export function deliveriesPage(
  view: DeliveriesView,
  { actor, kinds, done, draft }: Around,
  language: Language
): string {
  const t = speak(language)
  const { asked, deliveries, older } = view
  const acts = canAct(actor)
  const body = html`<h2>${t('宛先', 'Endpoints')}</h2>
${endpoints(view, acts, language)}
${acts && view.endpoints.length < mostWebhooks && endpointForm(kinds, draft, language)}
<h2 id="deliveries">${t('送信の記録', 'What is sent')}</h2>
${filterForm(view, language)}
${deliveries.length > 0 ? [acts && bulkLinks(asJobs(asked), language), deliveryTable(deliveries, acts, language)] : html`<p>${t('通知はありません。', 'There are no deliveries here.')}</p>`}
${pageLinks({ older: older && listPath(older), size: pageSize }, language)}`
  return framed({
    ...{ title: t('Webhookの送信', 'Deliveries'), language, body, actor },
    ...{ path: listPath(asked), section: deliveriesSection, notice: notice(done, language) }
  })
}

function endpoints({ endpoints: known }: DeliveriesView, acts: boolean, language: Language): Html {
  const t = speak(language)
  if (known.length > 0)
    return html`<div class="endpoints">${known.map(one => endpointCard(one, acts, language))}</div>`
  return html`<p>${t(
    'まだありません。追加すると、ジョブが完了または失敗したときに、署名を付けて通知します。',
    'There are none yet. An endpoint is told, by a signed request, when a job has finished or failed.'
  )}</p>`
}

function filterForm({ asked, endpoints: known }: DeliveriesView, language: Language): Html {
  const t = speak(language)
  const option = (value: string, label: string, isChosen: boolean) =>
    html`<option value="${value}"${isChosen && html` selected`}>${label}</option>`
  const all = option('', t('すべて', 'All'), false)
  const hosts = known.map(({ webhook: { id, url } }) =>
    option(String(id), `${id}: ${new URL(url).host}`, id === asked.webhook)
  )
  const states = Object.entries(stateNames).map(([state, name]) =>
    option(state, name[language], state === asked.state)
  )
  return html`<form class="search deliveries-search" method="get" action="${deliveriesSection}" role="search">
<label>${t('宛先', 'Endpoint')}\n<select name="webhook">${all}${hosts}</select></label>
<label>${t('状態', 'State')}\n<select name="state">${all}${states}</select></label>
<button>${t('絞り込む', 'Show')}</button>
${isNarrow(asked) && html`<a href="${deliveriesSection}">${t('条件を消す', 'Clear')}</a>`}
</form>`
}

/** The same list as the jobs' page has it, where something can be done to all of them. */
const asJobs = ({ webhook, state }: Asked) => ({
  ...{ kind: kindName, state },
  ...(webhook && { q: nameOf(webhook), by: 'key' as const })
})

const isNarrow = ({ webhook, state }: Asked) => webhook !== undefined || state !== undefined
