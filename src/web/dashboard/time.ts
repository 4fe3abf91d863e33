import { type Html, html } from '../../html.ts'
import { japanTime } from '../../japan-time.ts'

/** A time in Japan, in milliseconds since 1970, which programs can read, too. */
export function japanTimeTag(at: number): Html {
  return html`<time datetime="${new Date(at).toISOString()}">${japanTime(at)}</time>`
}
