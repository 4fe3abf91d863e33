import { Html, html } from '../html.ts'
import { japanTime } from '../japan-time.ts'
import { type Fault, faultNames } from './faults.ts'
import type { StoredMail } from './mail-store.ts'

const faultLabels: Record<Fault, string> = {
  Throttling: 'Throttling',
  MessageRejected: 'Rejected',
  '503': '503',
  'timeout-after-accept': 'Cut after accepting'
}

/** The mailbox: the mails on the left, the chosen one (or the newest) on the right. */
export function mailboxPage(
  mails: StoredMail[],
  chosen: string | undefined,
  faults: Fault[]
): string {
  const shown = mails.find(({ id }) => id === chosen) ?? mails[0]
  return html`<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${!chosen && html`<meta http-equiv="refresh" content="5">`}
<title>Mailbox (${mails.length}) · Beanline</title>
<style>${new Html(style)}</style>
</head>
<body>
<header><h1><a href="/">受信箱 Mailbox</a> <small>${mails.length}</small></h1>${faultForm(faults)}</header>
<main>
<nav aria-label="Mails">${mails.length > 0 ? mails.map(mail => entry(mail, shown)) : html`<p>メールはまだありません。 No mail yet.</p>`}</nav>
${shown && letter(shown)}
</main>
</body>
</html>`.text
}

function entry({ id, to, subject, sentAt }: StoredMail, shown: StoredMail | undefined): Html {
  return html`<a href="/?mail=${id}"${id === shown?.id && html` aria-current="true"`}>
<b>${subject}</b><span>${to.join(', ')}</span><time datetime="${sentAt}">${clock(sentAt)}</time></a>`
}

function letter({ id, from, to, subject, text, sentAt }: StoredMail): Html {
  return html`<article>
<h2>${subject}</h2>
<dl><dt>From</dt><dd>${from}</dd><dt>To</dt><dd>${to.join(', ')}</dd><dt>Date</dt><dd>${clock(sentAt)}</dd></dl>
<iframe src="/mails/${id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox" title="HTML"></iframe>
<details open><summary>Text</summary><pre>${linked(text)}</pre></details>
</article>`
}

/** Links open outside of the frame, since the page they lead to does not live in a mail. */
export function mailFrame({ html: text }: StoredMail): string {
  return `<base target="_blank">${text}`
}

function linked(text: string): Html[] {
  return text
    .split(/(https?:\/\/[^\s<>"']+)/)
    .map((part, index) =>
      index % 2 ? html`<a href="${part}" rel="noreferrer">${part}</a>` : html`${part}`
    )
}

function faultForm(pending: Fault[]): Html {
  return html`<form method="post" action="/faults"><span>次の送信で Next mail:</span>
${faultNames.map(name => html`<button name="name" value="${name}">${faultLabels[name]}</button>`)}
${pending.length > 0 && html`<small>${pending.map(name => faultLabels[name]).join(', ')}</small>`}</form>`
}

function clock(time: string) {
  return `${japanTime(time)} JST`
}

const style = `
:root { --ink: #1d2723; --soft: #5b6963; --line: #d5dcd8; --paper: #fff; --ground: #f4f6f4; --accent: #155e4b }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ece9; --soft: #9fb0a8; --line: #37443e; --paper: #1b2320; --ground: #131916; --accent: #62c6a6 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.6 system-ui, "Noto Sans JP", "Noto Sans CJK JP", sans-serif; overflow-wrap: anywhere }
header { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: center; justify-content: space-between; padding: .75rem 1.25rem }
h1 { margin: 0; font-size: 1.2rem } h1 a { color: inherit; text-decoration: none }
small, dt, time, nav span { color: var(--soft) }
form { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; font-size: .85rem }
button { min-height: 2.2rem; padding: .2rem .8rem; border: 1px solid var(--accent); border-radius: 8px; background: none; color: var(--accent); font: inherit; cursor: pointer }
main { display: grid; gap: 1rem; padding: 0 1.25rem 1.25rem }
@media (min-width: 50rem) { main { grid-template-columns: 20rem 1fr } nav { max-height: 85vh; overflow-y: auto } }
nav { align-self: start; border: 1px solid var(--line); border-radius: 12px; background: var(--paper) }
nav p { padding: 0 1rem }
nav a { display: grid; padding: .6rem 1rem; border-bottom: 1px solid var(--line); color: inherit; text-decoration: none }
nav a[aria-current] { border-left: 4px solid var(--accent) }
nav span, time { font-size: .85rem }
article { min-width: 0; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: 12px; background: var(--paper) }
h2 { margin: 0 0 .5rem; font-size: 1.15rem }
dl { display: grid; grid-template-columns: 4rem 1fr; margin: 0 0 1rem; font-size: .9rem } dd { margin: 0 }
iframe { width: 100%; height: 24rem; border: 1px solid var(--line); border-radius: 8px; background: #fff }
pre { white-space: pre-wrap; font: inherit; font-size: .9rem }
a { color: var(--accent) }
@media (max-width: 50rem) { nav { max-height: 40vh; overflow-y: auto } }
`
