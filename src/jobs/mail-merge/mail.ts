import { html } from '../../html.ts'
import { speak } from '../../language.ts'
import type { Message } from '../../mail.ts'
import type { JobInHand } from '../../queue/kind.ts'

type Order = Pick<JobInHand, 'email' | 'language' | 'url'>

/** One mail to the person who ordered, with the link to the job's page; the rows get none. */
export function mergeMail(made: number, skipped: number, { email, language, url }: Order): Message {
  const t = speak(language)
  const subject = t(`請求書 ${made}件 ができました`, `${made} invoices are ready`)
  const greeting = t(
    '請求書ができました。次のページからダウンロードできます。',
    'Your invoices are ready. Download them from this page:'
  )
  const facts: [string, string][] = [[t('作成した件数', 'Made'), String(made)]]
  if (skipped > 0) facts.push([t('とばした行', 'Skipped rows'), String(skipped)])
  const farewell = t(
    'このメールに心当たりがない場合は、破棄してください。',
    'If you did not ask for this, please ignore this mail.'
  )
  return {
    to: email,
    subject,
    text: [greeting, '', url, '', ...facts.map(fact => fact.join(': ')), '', farewell].join('\n'),
    html: html`<!doctype html>
<html lang="${language}"><body style="font-family: sans-serif; line-height: 1.7; color: #222; overflow-wrap: anywhere">
<p>${greeting}</p>
<p><a href="${url}" style="display: inline-block; padding: 10px 20px; background: #155e4b; color: #fff; border-radius: 6px; text-decoration: none">${t('請求書を開く', 'Open the invoices')}</a></p>
<table>${facts.map(([name, value]) => html`<tr><th align="left" style="padding-right: 16px; white-space: nowrap">${name}</th><td>${value}</td></tr>`)}</table>
<p style="color: #666; font-size: small"><a href="${url}" style="color: #155e4b; word-break: break-all">${url}</a><br>${farewell}</p>
</body></html>`.text
  }
}
