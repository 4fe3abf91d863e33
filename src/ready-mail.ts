import { html } from './html.ts'
import { speak } from './language.ts'
import type { Message } from './mail.ts'
import type { JobInHand } from './queue/kind.ts'

/** What a mail says about a document: `facts` are names and values. */
export type Ready = { subject: string; greeting: string; button: string; facts: [string, string][] }

/** Tells the person that a document is ready; the link is to the job's page, not to the file. */
export function readyMail(
  { subject, greeting, button, facts }: Ready,
  { email, language, url }: Pick<JobInHand, 'email' | 'language' | 'url'>
): Message {
  const farewell = speak(language)(
    'このメールに心当たりがない場合は、破棄してください。',
    'If you did not ask for this, please ignore this mail.'
  )
  const lines = facts.map(([name, value]) => `${name}: ${value}`)
  return {
    to: email,
    subject,
    text: [greeting, '', url, '', ...lines, '', farewell].join('\n'),
    html: html`<!doctype html>
<html lang="${language}"><body style="font-family: sans-serif; line-height: 1.7; color: #222; overflow-wrap: anywhere">
<p>${greeting}</p>
<p><a href="${url}" style="display: inline-block; padding: 10px 20px; background: #155e4b; color: #fff; border-radius: 6px; text-decoration: none">${button}</a></p>
<table>${facts.map(([name, value]) => html`<tr><th align="left" style="padding-right: 16px; white-space: nowrap">${name}</th><td>${value}</td></tr>`)}</table>
<p style="color: #666; font-size: small"><a href="${url}" style="color: #155e4b; word-break: break-all">${url}</a><br>${farewell}</p>
</body></html>`.text
  }
}
