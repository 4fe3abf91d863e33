import { type Html, html } from '../html.ts'
import { japanTime } from '../japan-time.ts'
import { type Language, speak } from '../language.ts'
import type { Job } from '../queue/job.ts'
import { confirmed } from './confirm.ts'
import { dateText } from './date-text.ts'
import { chanceOf } from './mail-again.ts'

/** What the person may do with the link: have it mailed again, and close it. */
export function linkPanel(job: Job, until: Date, language: Language, again: Job[]): Html {
  const heading = speak(language)('メールとリンク', 'Mail and link')
  return html`<section class="link-panel"><h2>${heading}</h2>
${job.state === 'finished' && mailPart(job, language, again)}
${revokePart(job, until, language)}</section>`
}

function mailPart({ token, email }: Job, language: Language, again: Job[]): Html {
  const t = speak(language)
  const to = masked(email)
  const said = t(`お知らせのメールの送り先: ${to}`, `The mail about it goes to ${to}`)
  const button = html`<form method="post" action="/jobs/${token}/mail-again"><button>${t('メールを再送する', 'Send the mail again')}</button></form>`
  const soon = html`<p class="hint">${t('1分ほどたつと、もう一度送れます。', 'It can be sent once more in a minute.')}</p>`
  const never = html`<p class="hint">${t('再送は3回までです。このページのアドレスを控えておいてください。', 'It is sent again three times at most. Keep the address of this page instead.')}</p>`
  return html`<p>${said}</p>
${again.length > 0 && html`<ul>${again.map(one => html`<li>${howItWent(one, language)}</li>`)}</ul>`}
${{ now: button, soon, never }[chanceOf(again)]}`
}

function howItWent({ state, waiting_at }: Job, language: Language): string {
  const t = speak(language)
  const time = japanTime(waiting_at).slice(0, '2026-11-26 12:00'.length)
  if (state === 'finished')
    return t(`${time}（日本時間）に再送しました。`, `Sent again, ${time} (JST).`)
  if (['failed', 'discarded', 'cancelled'].includes(state))
    return t(`${time}（日本時間）の再送は、送れませんでした。`, `Could not be sent, ${time} (JST).`)
  return t(
    `${time}（日本時間）に再送を受け付けました。まもなく届きます。`,
    `On its way, ${time} (JST).`
  )
}

function revokePart({ token }: Job, until: Date, language: Language): Html {
  const t = speak(language)
  const [ja, en] = [dateText(until, 'ja'), dateText(until, 'en')]
  const life = t(
    `このページのアドレスを知っている方は、${ja}までダウンロードできます。`,
    `Whoever knows the address of this page can download it until ${en}.`
  )
  const warning = t(
    'このリンクからは、あなたも含めて、どなたもダウンロードできなくなります。元に戻せません。',
    'Nobody can download the file with this link any more, you included. This can’t be undone.'
  )
  const form = html`<form method="post" action="/jobs/${token}/revoke"><button>${t('無効にする', 'Close it for good')}</button></form>`
  return html`<p>${life}</p>
${confirmed(t('リンクを無効にする', 'Close the link'), warning, form)}`
}

/** Enough to know one's own address by: the page may be open before others. */
export function masked(email: string): string {
  const at = email.lastIndexOf('@')
  return `${email.slice(0, 1)}•••${email.slice(at)}`
}
