import { type Html, html } from '../../../html.ts'
import { japanTime } from '../../../japan-time.ts'
import { type Language, speak } from '../../../language.ts'
import { mostCounted } from '../../../queue/listing.ts'
import type { RedriveWithCount } from '../../../queue/redrive-order.ts'
import { amount } from '../overview/number.ts'
import { groupPath, lettersPath } from './path.ts'

/** Redrives that run or ended lately, each with how far it is and why it ended. */
export function redriveList(
  redrives: RedriveWithCount[],
  language: Language,
  hasActions: boolean
): Html | false {
  if (redrives.length === 0) return false
  const t = speak(language)
  return html`<h2>${t('まとめての再実行', 'Redrives')}</h2>
<ul class="redrives">${redrives.map(redrive => item(redrive, language, hasActions))}</ul>`
}

function item(redrive: RedriveWithCount, language: Language, hasActions: boolean): Html {
  const t = speak(language)
  const { id, fingerprint, kind, sentence, sent, total, per_minute, name, began_at } = redrive
  const most = Math.max(total, sent, 1)
  const pace = t(
    `毎分${per_minute}件、${name}が${japanTime(began_at)}に開始`,
    `${per_minute} a minute, begun by ${name} at ${japanTime(began_at)} JST`
  )
  const stop = html`<form method="post" action="${lettersPath}redrives/${id}/stop"><button>${t('止める', 'Stop')}</button></form>`
  const isRunning = redrive.state === 'running'
  return html`<li class="redrive-${redrive.state}"><p><a href="${groupPath(fingerprint)}">${kind}: ${sentence}</a></p>
<p><b>${stateOf(redrive, language)}</b> <span class="hint">${pace}</span></p>
${isRunning && html`<progress max="${most}" value="${sent}" aria-label="${t('進み具合', 'Progress')}"></progress>`}
${isRunning && hasActions && stop}</li>`
}

function stateOf(
  { state, sent, total, returned_job_id, ended_at }: RedriveWithCount,
  language: Language
) {
  const t = speak(language)
  const [done, all] = [amount(sent, language), amount(total, language, mostCounted)]
  const count = t(`${all}件のうち${done}件を再実行`, `${done} of ${all} sent back`)
  const at = ended_at === null ? '' : japanTime(ended_at).slice(5, 16)
  const job = html`<a href="/dashboard/jobs/${returned_job_id}">${t(`ジョブ ${returned_job_id}`, `job ${returned_job_id}`)}</a>`
  switch (state) {
    case 'running':
      return html`${t(`実行中：${count}`, `Running: ${count}`)}`
    case 'done':
      return html`${t(`終了（${at}）：${count}`, `Done (${at}): ${count}`)}`
    case 'stopped':
      return html`${t(`手動で停止（${at}）：${count}`, `Stopped by hand (${at}): ${count}`)}`
    case 'returned':
      return language === 'ja'
        ? html`同じエラーが${job}で再び起きたため、自動で停止しました（${at}）：${count}`
        : html`It stopped by itself (${at}), as the same error came back in ${job}: ${count}`
  }
}
