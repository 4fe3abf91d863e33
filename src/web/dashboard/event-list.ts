import { eventText } from '../../explain/mail-text.ts'
import { type Html, html } from '../../html.ts'
import type { Language } from '../../language.ts'
import type { KeptEvent } from '../../queue/mail-event.ts'
import { japanTimeTag } from './time.ts'

/** What SES has told of a mail, the oldest first. */
export function eventList(events: KeptEvent[], language: Language): Html | false {
  if (events.length === 0) return false
  const items = events.map(
    event => html`<li>${japanTimeTag(Number(event.at))} ${eventText(event)[language]}</li>`
  )
  return html`<ul class="mail-events">${items}</ul>`
}
