import { type Html, html } from '../html.ts'

/** What can't be undone, behind a click more: it says what will be, and has the form that does it. */
export function confirmed(label: string, asks: string, form: Html): Html {
  return html`<details class="confirm"><summary>${label}…</summary><p>${asks}</p>${form}</details>`
}
