import { type Html, html } from '../../../html.ts'
import { type Language, type Sentence, speak } from '../../../language.ts'
import type { Problem } from '../../../queue/kind.ts'
import { type Event, events } from '../../../queue/webhook.ts'
import { deliveriesSection } from './query.ts'

/** What was typed, and what is wrong with it. */
export type Draft = { input: Input; problems: Problem[] }
type Input = { url: string; events: string[]; kinds: string[] }

const eventNames: Record<Event, Sentence> = {
  'job.finished': { ja: '完了', en: 'finished' },
  'job.failed': { ja: '失敗', en: 'failed' }
}

/** As a form sends it: a name that comes once is a text, one that comes more often a list. */
export function readInput(body: unknown): Input {
  const fields = (body ?? {}) as Record<string, unknown>
  const list = (name: string) => [fields[name] ?? []].flat().map(String)
  return { url: list('url')[0] ?? '', events: list('events'), kinds: list('kinds') }
}

/** What nothing is chosen of is left out, and so all of it. */
export function toTerms({ url, events, kinds }: Input) {
  return { url, ...(events.length > 0 && { events }), ...(kinds.length > 0 && { kinds }) }
}

export function endpointForm(kinds: string[], draft: Draft | undefined, language: Language): Html {
  const t = speak(language)
  const input = draft?.input ?? { url: '', events: [...events], kinds: [] }
  const [problem] = draft?.problems ?? []
  const described = html` aria-describedby="${problem && 'endpoint-error '}endpoint-hint"${problem && html` aria-invalid="true"`}`
  const box = (name: 'events' | 'kinds', value: string, label: string) =>
    html`<label class="endpoint-choice"><input type="checkbox" name="${name}" value="${value}"${input[name].includes(value) && html` checked`}> ${label}</label>`
  return html`<details class="endpoint-new"${draft && html` open`}><summary class="button">${t('宛先を追加…', 'Add an endpoint…')}</summary>
<form method="post" action="${deliveriesSection}webhooks">
<label for="endpoint-url">URL</label>
<input id="endpoint-url" type="url" name="url" value="${input.url}" maxlength="1000" required placeholder="https://"${described}>
${problem && html`<p class="error" id="endpoint-error">${problem.sentence[language]}</p>`}
<p class="hint" id="endpoint-hint">${t('HTTPSで受け取れる、公開されたアドレス。署名鍵は、追加した直後に一度だけ表示します。', 'A public address that takes HTTPS. Its secret is shown once, on the next page.')}</p>
<fieldset><legend>${t('通知すること', 'Told when a job has')}</legend>${events.map(event => box('events', event, eventNames[event][language]))}</fieldset>
<fieldset><legend>${t('ジョブの種類（選ばなければすべて）', 'Kinds of job (all, if none is chosen)')}</legend>${kinds.map(kind => box('kinds', kind, kind))}</fieldset>
<button class="primary">${t('追加する', 'Add')}</button>
</form></details>`
}
