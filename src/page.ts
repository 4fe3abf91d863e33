import { type Html, html } from './html.ts'
import { type Language, speak } from './language.ts'

export type Page = {
  title: string
  language: Language
  body: Html
  /** The path of this page, for the language switch. */
  path?: string
  /** The form of this page: the language switch sends it, so that nothing typed is lost. */
  formId?: string
  /** A script of ours in /assets; the page must work without it. */
  script?: string
  /** Without JavaScript the page is loaded again after so many seconds. */
  refreshSeconds?: number | false
}

const stylesheets = [
  'beanline.css',
  'form.css',
  'job.css',
  'timeline.css',
  'api.css',
  'door.css',
  'field.css',
  'person.css',
  'overview.css',
  'chart.css',
  'jobs.css',
  'mails.css'
]

/** A whole page: head, header with the language switch, body, footer. */
export function page(about: Page): string {
  const { title, language, body, script, refreshSeconds } = about
  const t = speak(language)
  const whole = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Beanline</title>
${stylesheets.map(name => html`<link rel="stylesheet" href="/assets/${name}">\n`)}<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
${refreshSeconds && html`<noscript><meta http-equiv="refresh" content="${refreshSeconds}"></noscript>`}
${script && html`<script type="module" src="/assets/${script}"></script>`}
</head>
<body>
<header class="top">
<a class="brand" href="/"><img src="/assets/icon.svg" alt="" width="28" height="28"> Beanline</a>
<nav aria-label="${t('言語', 'Language')}">${languageSwitch(about)}</nav>
</header>
<main>${body}</main>
<footer class="foot">${t('時間のかかる仕事を、待たせずに。', 'Slow work, without the wait.')}</footer>
</body>
</html>`
  return whole.text
}

function languageSwitch({ language, path = '/', formId }: Page) {
  const [other, name] = language === 'ja' ? ['en', 'English'] : ['ja', '日本語']
  if (!formId) {
    const href = `${path}${path.includes('?') ? '&' : '?'}lang=${other}`
    return html`<a href="${href}" hreflang="${other}" lang="${other}">${name}</a>`
  }
  // Enter in a field presses the first button of the form, which must not be the switch.
  return html`<button form="${formId}" class="default-action" tabindex="-1" aria-hidden="true"></button>
<button form="${formId}" class="link" name="action" value="lang-${other}" lang="${other}">${name}</button>`
}
