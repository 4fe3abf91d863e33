import { effectStates } from '../../explain/effect-state.ts'
import type { Facts } from '../../explain/facts.ts'
import { type Html, html } from '../../html.ts'
import { japanTime } from '../../japan-time.ts'
import { type Language, speak } from '../../language.ts'
import { filePath } from '../../link.ts'
import type { NamedEffect } from '../../queue/effect.ts'
import { effectState, receiptOf } from '../../queue/effect-state.ts'
import { filesOf } from '../../queue/file.ts'
import type { Job } from '../../queue/job.ts'
import { sizeText } from '../../upload.ts'
import { eventList } from './event-list.ts'

/**
 * What can't be taken back and its receipts: to whom the mail went, about what, when, and its id at SES; and what SES
 * has told of it since.
 */
export function effectList({ effects, events, job }: Facts, language: Language): Html {
  const t = speak(language)
  if (effects.length === 0)
    return html`<p class="hint">${t('まだ何も送っていません。', 'Nothing has been sent yet.')}</p>`
  return html`${effects.map(effect => drawEffect(effect, { job, events }, language))}`
}

function drawEffect(
  effect: NamedEffect,
  { job, events }: Pick<Facts, 'job' | 'events'>,
  language: Language
): Html {
  const t = speak(language)
  const state = effectState(effect, job)
  const { messageId, to = job.email, subject, at } = receiptOf(effect, job)
  const isMail = effect.step === 'mail'
  const doubts = effect.ambiguous > 0 && t(`${effect.ambiguous}回`, `${effect.ambiguous}`)
  return facts([
    [t('種類', 'Effect'), isMail ? t('メール', 'Mail') : effect.step],
    [
      t('状態', 'State'),
      html`<span class="effect effect-${state.replace(' ', '-')}">${effectStates[state][language]}</span>`
    ],
    [t('宛先', 'To'), isMail && to],
    [t('件名', 'Subject'), subject],
    [t('開始', 'Begun'), japanTime(Number(effect.began_at))],
    [t('送信', 'Sent'), at !== undefined && japanTime(at)],
    [t('SESのID', 'Id at SES'), messageId],
    [t('SESの報告', 'Told by SES'), isMail && eventList(events, language)],
    [t('二度の疑い', 'Doubts'), doubts]
  ])
}

export function fileList(job: Job, language: Language): Html {
  const t = speak(language)
  const files = filesOf(job)
  if (files.length === 0)
    return html`<p class="hint">${t('ファイルはありません。', 'There is no file.')}</p>`
  return html`${files.map(({ name, bytes, sha256, key }, index) =>
    facts([
      [
        t('ファイル', 'File'),
        job.file_key === null
          ? t(`${name}（期限切れ）`, `${name} (expired)`)
          : html`<a href="/jobs/${job.token}/${filePath(index)}" download>${name}</a>`
      ],
      [t('大きさ', 'Size'), sizeText(bytes)],
      [t('キー', 'Key'), key],
      ['SHA-256', sha256 && html`<code>${sha256}</code>`]
    ])
  )}`
}

/** So much of a payload is shown: pages stay small, the row has the whole. */
const mostShown = 20_000

/** What the person ordered, as it will be worked on. */
export function payloadText({ payload }: Job, language: Language): Html {
  const text = JSON.stringify(JSON.parse(payload), null, 2)
  const t = speak(language)
  const rest = text.length - mostShown
  return html`<pre class="payload" tabindex="0" role="region" aria-label="${t('内容', 'Payload')}">${text.slice(0, mostShown)}${rest > 0 && '…'}</pre>
${rest > 0 && html`<p class="hint">${t(`ほかに${rest.toLocaleString('en')}文字あります。全文は行（payload）にあります。`, `${rest.toLocaleString('en')} more characters are in the row (payload).`)}</p>`}`
}

/** Names and values; what is not known is left out. */
export function facts(list: [string, Html | string | number | false | null | undefined][]): Html {
  const known = list.filter(([, value]) => value !== false && value != null && value !== '')
  return html`<dl class="facts">${known.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}
