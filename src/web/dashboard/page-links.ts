import { type Html, html } from '../../html.ts'
import { type Language, speak } from '../../language.ts'
import { pageSize } from './page-of.ts'

/** The addresses of the pages beside one, as far as there are any; `size` is how many rows a page has. */
type Beside = {
  newer?: string | false | undefined
  older?: string | false | undefined
  size?: number
}

export function pageLinks(
  { newer, older, size = pageSize }: Beside,
  language: Language
): Html | false {
  const t = speak(language)
  if (!newer && !older) return false
  return html`<nav class="pages" aria-label="${t('ページ', 'Pages')}">
${newer && html`<a class="button" rel="prev" href="${newer}">← ${t(`新しい${size}件`, `Newer ${size}`)}</a>`}
${older && html`<a class="button" rel="next" href="${older}">${t(`古い${size}件`, `Older ${size}`)} →</a>`}
</nav>`
}
