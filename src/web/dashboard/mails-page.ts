import type { Config } from '../../config.ts'
import { standings } from '../../explain/mail-text.ts'
import { type Html, html } from '../../html.ts'
import { type Language, type Sentence, speak } from '../../language.ts'
import type { Standing } from '../../queue/mail-find.ts'
import { type Actor, canAct } from './actor.ts'
import { framed } from './frame.ts'
import { queryOf } from './jobs-query.ts'
import { mailTable } from './mail-table.ts'
import { type Asked, mailsPath } from './mails-query.ts'
import type { MailsView } from './mails-view.ts'
import { pageLinks } from './page-links.ts'

/** `done`: what was just done, as in `retry-12`. */
type Around = { config: Config; done: string; actor: Actor | null }

export function mailsPage(
  view: MailsView,
  { config, done, actor }: Around,
  language: Language
): string {
  const { asked, mails, newer, older } = view
  const t = speak(language)
  const around = { config, query: queryOf(asked), hasActions: canAct(actor) }
  const body = html`${searchForm(asked, language)}
<nav class="states" aria-label="${t('状態', 'States')}">${tabs(asked, language)}</nav>
${!config.MAIL_EVENTS_QUEUE_URL && html`<p class="hint">${unheard[language]}</p>`}
${mails.length > 0 ? mailTable(mails, around, language) : html`<p>${t('メールはありません。', 'There are no mails here.')}</p>`}
${howFar(view, language)}
${pageLinks({ newer: newer && mailsPath(newer), older: older && mailsPath(older) }, language)}`
  return framed({
    ...{ title: t('メール', 'Mails'), language, body, path: mailsPath(asked), actor },
    ...{ section: '/dashboard/mails/', notice: notice(done, language) }
  })
}

const unheard: Sentence = {
  ja: 'SESのイベントはつながれていません（MAIL_EVENTS_QUEUE_URL）。送ったあとの配信・不達・苦情は分かりません。つなぎ方は docs/deploy.md にあります。',
  en: 'The events of SES are not wired (MAIL_EVENTS_QUEUE_URL), so nobody knows what became of a mail that was sent: delivered, bounced or complained about. docs/deploy.md says how to wire them.'
}

function searchForm({ state, to, job }: Asked, language: Language): Html {
  const t = speak(language)
  return html`<form class="search mail-search" method="get" action="/dashboard/mails/" role="search">
${state && html`<input type="hidden" name="state" value="${state}">`}
<label>${t('注文のメールアドレス（全体）', 'Address of the order, as a whole')}
<input name="to" value="${to}" maxlength="254" inputmode="email" autocomplete="off" spellcheck="false"></label>
<label>${t('ジョブの番号', 'Number of a job')}
<input name="job" value="${job}" inputmode="numeric" pattern="[1-9][0-9]{0,14}"></label>
<button class="primary">${t('絞り込む', 'Show')}</button>
${(state || to || job) && html`<a href="/dashboard/mails/">${t('条件を消す', 'Clear')}</a>`}
</form>`
}

function tabs({ before: _, after: __, ...list }: Asked, language: Language): Html[] {
  const all = tab({ ...list, state: undefined }, speak(language)('すべて', 'All'), !list.state)
  const others = Object.entries(standings) as [Standing, Sentence][]
  return [
    all,
    ...others.map(([state, name]) => tab({ ...list, state }, name[language], list.state === state))
  ]
}

function tab(asked: Asked, label: string, isCurrent: boolean) {
  return html`<a href="${mailsPath(asked)}"${isCurrent && html` aria-current="page"`}>${label}</a>`
}

/** Nothing is silently left out. */
function howFar({ asked, reached }: MailsView, language: Language): Html | false {
  if (reached === undefined) return false
  const t = speak(language)
  const further = asked.after ? { ...asked, after: reached } : { ...asked, before: reached }
  return html`<p class="searched" role="status">${t(`ジョブ ${reached} まで調べました。`, `Looked as far as job ${reached}.`)}
<a href="${mailsPath(further)}">${t('続きを調べる', 'Look further')}</a></p>`
}

const said: Record<string, Sentence> = {
  retry: {
    ja: '再実行します。メールはもう一度送られます。',
    en: 'it runs again, and sends its mail.'
  },
  discard: { ja: '破棄しました。', en: 'discarded.' },
  'mail-again': {
    ja: '同じ宛先に、リンクのメールを再送します。',
    en: 'the mail with its link is sent again to the same address.'
  },
  nothing: {
    ja: '何もしていません。状態が変わったか、1分以内に再送したか、再送が3回に達したか、リンクが無効です。',
    en: 'nothing was done. It has moved on, was sent again less than a minute ago or three times in all, or its link is closed.'
  }
}

/** Nothing for what no action of ours has written. */
function notice(done: string, language: Language): string | false {
  const [, name = '', id] = /^([a-z-]+)-(\d{1,15})$/.exec(done) ?? []
  const text = Object.hasOwn(said, name) && said[name]?.[language]
  return text ? speak(language)(`ジョブ ${id}：${text}`, `Job ${id}: ${text}`) : false
}
