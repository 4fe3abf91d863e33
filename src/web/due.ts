import { type Html, html } from '../html.ts'
import { japanTime } from '../japan-time.ts'
import { type Language, speak } from '../language.ts'
import type { Job } from '../queue/job.ts'

/** Until when a job waits that is not due yet; nothing for any other. */
export function due(
  { state, run_at }: Pick<Job, 'state' | 'run_at'>,
  language: Language
): Html | false {
  const isWaiting = state === 'waiting' || state === 'retrying'
  if (!isWaiting || !run_at || run_at <= Date.now()) return false
  const isSoon = run_at < Date.now() + 10 * 60_000
  const shown = isSoon ? '2026-11-26 12:00:00' : '2026-11-26 12:00'
  const time = japanTime(run_at).slice(0, shown.length)
  const text = speak(language)(`${time}（日本時間）まで待ちます`, `Waits until ${time} (JST)`)
  return html`<span class="hint">${text}</span>`
}
