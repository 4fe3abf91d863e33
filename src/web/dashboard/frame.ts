import { type Html, html } from '../../html.ts'
import { type Language, type Sentence, speak } from '../../language.ts'
import { page } from '../../page.ts'

/** The pages that the dashboard's navigation leads to, by their path. */
const sections: Record<string, Sentence> = {
  '/dashboard/': { ja: 'ジョブ', en: 'Jobs' }
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
  script?: string
}

/** A page of the dashboard: its navigation, what was just done, and the page itself. */
export function framed({ title, language, body, path, section, notice, script }: Framed): string {
  const t = speak(language)
  const links = Object.entries(sections).map(
    ([href, name]) =>
      html`<a href="${href}"${href === section && html` aria-current="true"`}>${name[language]}</a>`
  )
  const whole = html`<nav class="sections" aria-label="${t('管理画面', 'Dashboard')}">${links}</nav>
<h1>${title}</h1>
${notice && html`<p class="notice" role="status">${notice}</p>`}
${body}`
  return page({ title, language, body: whole, path, ...(script && { script }) })
}
