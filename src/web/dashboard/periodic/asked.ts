import type { Html } from '../../../html.ts'
import { html } from '../../../html.ts'
import { japanTime } from '../../../japan-time.ts'
import { type Language, speak } from '../../../language.ts'
import type { Noted } from '../../../queue/tick-log.ts'
import { roughDuration } from '../overview/rough-duration.ts'
import { resultText } from './result-text.ts'

/** A run that somebody has asked for: when, and its tick as soon as it is there. */
export type Asked = { at: number; tick: Noted | undefined; now: number }

const minute = 60_000
/** A queue that is empty brings it within seconds. */
const longWait = 2 * minute
const givenUpAfter = 60 * minute

/** Whether the page looks again for what becomes of it. */
export function isAwaited({ at, tick, now }: Asked): boolean {
  if (now - at > givenUpAfter) return false
  return tick === undefined || tick.state === 'running'
}

/** What became of it so far, in words. */
export function askedText({ at, tick, now }: Asked, language: Language): Html {
  const t = speak(language)
  const clock = japanTime(at).slice('2026-11-26 '.length)
  const run = t(`${clock} に頼んだ実行`, `The run of ${clock}`)
  if (tick?.state === 'running') return html`${t(`${run}は実行中です…`, `${run} is under way…`)}`
  if (tick?.state === 'done')
    return html`${t(`${run}は完了しました：`, `${run} is done: `)}${resultText(tick.result, language)}`
  if (tick?.state === 'failed')
    return html`${t(`${run}は失敗しました。sqsd がもう一度届けます。`, `${run} has failed; sqsd brings it again.`)} ${tick.result}`
  if (tick)
    return html`${t(`${run}は見送られました：`, `${run} was skipped: `)}${resultText(tick.result, language)}`
  const waited = roughDuration(now - at, language)
  if (now - at < longWait)
    return html`${t(`${run}はキューで順番を待っています…`, `${run} waits for its turn on the queue…`)}`
  return html`${t(`${run}は${waited}待っています。キューが長いか、sqsd かワーカーが動いていません。`, `${run} has waited for ${waited}: the queue is long, or sqsd or the workers are away.`)} <a href="/dashboard/">${t('概要を見る', 'See the overview')}</a>`
}
