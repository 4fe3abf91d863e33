import { eventText } from '../../explain/mail-text.ts'
import { type Html, html } from '../../html.ts'
import { japanTime } from '../../japan-time.ts'
import type { Language } from '../../language.ts'
import type { KeptEvent } from '../../queue/mail-event.ts'

/** What SES has told of a mail, the oldest first. */
export function eventList(events: KeptEvent[], language: Language): Html | false {
  if (events.length === 0) return false
  return html`<ul class="mail-events">${events.map(
    event =>
      html`<li><time datetime="${new Date(Number(event.at)).toISOString()}">${japanTime(Number(event.at))}</time> ${eventText(event)[language]}</li>`
  )}</ul>`
}
