import type { Config } from '../../config.ts'
import { mailStates } from '../../explain/mail-text.ts'
import { type Html, html } from '../../html.ts'
import { type Language, type Sentence, speak } from '../../language.ts'
import { isOpen } from '../../link.ts'
import type { JobMail } from '../../queue/mail.ts'
import { confirmed } from '../confirm.ts'
import { cardTable } from './card-table.ts'
import { eventList } from './event-list.ts'
import { japanTimeTag } from './time.ts'

/** What can be done about a mail: with its job, or by a job that sends it again. */
export type MailAction = 'retry' | 'discard' | 'mail-again'

/** Where the buttons come back to, and whether there are any. */
type Around = { query: string; hasActions: boolean; config: Config }

/** The mails as a table, on a phone as cards. */
export function mailTable(mails: JobMail[], around: Around, language: Language): Html {
  const heads = headings(language).slice(0, around.hasActions ? undefined : -1)
  const rows = mails.map(mail => cells(mail, around, language))
  return cardTable(heads, rows, 'mails')
}

function headings(language: Language) {
  const t = speak(language)
  return [
    t('ジョブ', 'Job'),
    t('時刻 (JST)', 'Time (JST)'),
    t('宛先・件名', 'To, subject'),
    t('状態', 'State'),
    t('操作', 'Actions')
  ]
}

function cells(mail: JobMail, around: Around, language: Language): Html[] {
  const { job, receipt, state, began_at, events } = mail
  const { to = job.email, subject, at = began_at, messageId } = receipt
  return [
    html`<span><a href="/dashboard/jobs/${job.id}">${job.id}</a> ${job.kind}</span>`,
    japanTimeTag(at),
    html`<div class="mail-about"><span>${to}</span><b>${subject}</b>${messageId && html`<code title="${speak(language)('SESのID', 'Id at SES')}">${messageId}</code>`}</div>`,
    html`<div><span class="state mail-${state.replace(' ', '-')}">${mailStates[state][language]}</span>${doubtText(mail, language)}${eventList(events, language)}</div>`,
    html`<div class="actions">${actionsFor(mail, around).map(action => button(mail, action, around.query, language))}</div>`
  ]
}

function doubtText({ doubts, state }: JobMail, language: Language): Html | false {
  if (doubts === 0 || state === 'held') return false
  const t = speak(language)
  return html`<p class="hint">${t('二通届いたかもしれません。', 'It may have come twice.')}</p>`
}

function actionsFor({ state, job }: JobMail, { config }: Around): MailAction[] {
  if (state === 'held' && job.state === 'failed') return ['retry', 'discard']
  // With many complaints, SES stops the account.
  if (state === 'complained') return []
  return job.state === 'finished' && isOpen(config, job) ? ['mail-again'] : []
}

const labels: Record<MailAction, { label: Sentence; asks?: Sentence }> = {
  retry: {
    label: { ja: 'もう一度送る', en: 'Send again' },
    asks: {
      ja: 'すでに届いていれば、二通になります。',
      en: 'If it has come already, it comes twice.'
    }
  },
  discard: {
    label: { ja: 'ジョブを破棄', en: 'Discard the job' },
    asks: {
      ja: '元に戻せません。本人のページからファイルは取れなくなります。',
      en: 'This can’t be undone, and the person’s page no longer gives the file.'
    }
  },
  'mail-again': { label: { ja: '再送する', en: 'Send again' } }
}

function button({ job }: JobMail, action: MailAction, query: string, language: Language): Html {
  const { label, asks } = labels[action]
  const form = html`<form method="post" action="/dashboard/mails/${job.id}/${action}${query}"><button>${label[language]}</button></form>`
  return asks ? confirmed(label[language], asks[language], form) : form
}
