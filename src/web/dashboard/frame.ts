import { type Html, html } from '../../html.ts'
import { type Language, type Sentence, speak } from '../../language.ts'
import { page } from '../../page.ts'
import { type Actor, roleNames } from './actor.ts'

/** The pages that the dashboard's navigation leads to, by their path. */
const sections: Record<string, Sentence> = {
  '/dashboard/': { ja: '概要', en: 'Overview' },
  '/dashboard/jobs/': { ja: 'ジョブ', en: 'Jobs' },
  '/dashboard/dead-letters/': { ja: 'デッドレター', en: 'Dead letters' },
  '/dashboard/periodic/': { ja: '定期タスク', en: 'Periodic' },
  '/dashboard/mails/': { ja: 'メール', en: 'Mails' },
  '/dashboard/deliveries/': { ja: 'Webhook', en: 'Deliveries' },
  '/dashboard/actions': { ja: '操作履歴', en: 'Audit log' },
  '/api/docs': { ja: 'API', en: 'API' }
}

type Framed = {
  title: string
  language: Language
  body: Html
  /** Where the page is, with its query. */
  path: string
  /** The path of its section. */
  section: keyof typeof sections
  /** What was just done. */
  notice?: Html | string | false | undefined
  /** As of `Page`: the language switch sends this form. */
  formId?: string
  script?: string
  /** Without JavaScript the page is loaded again after so many seconds. */
  refreshSeconds?: number
  /** Who looks at it. */
  actor: Actor | null
}

/** A page of the dashboard: its navigation, what was just done, and the page itself. */
export function framed({
  title,
  language,
  body,
  path,
  section,
  notice,
  actor,
  ...more
}: Framed): string {
  const t = speak(language)
  const links = Object.entries(sections).map(
    ([href, name]) =>
      html`<a href="${href}"${href === section && html` aria-current="true"`}>${name[language]}</a>`
  )
  const whole = html`<div class="dashboard-top"><nav class="sections" aria-label="${t('管理画面', 'Dashboard')}">${links}</nav>
${wayOut(actor, language)}</div>
<h1>${title}</h1>
${notice && html`<p class="notice" role="status">${notice}</p>`}
${body}`
  return page({ title, language, body: whole, path, ...more })
}

function wayOut(actor: Actor | null | undefined, language: Language): Html {
  const who = actor && html`<span>${actor.name} (${roleNames[actor.role][language]})</span> `
  const label = speak(language)('ログアウト', 'Log out')
  return html`<form class="way-out" method="post" action="/dashboard/logout">${who}<button class="link">${label}</button></form>`
}
