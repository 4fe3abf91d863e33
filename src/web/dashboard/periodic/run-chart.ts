import { type Html, html } from '../../../html.ts'
import { japanTime } from '../../../japan-time.ts'
import { type Language, speak } from '../../../language.ts'
import type { Noted } from '../../../queue/tick-log.ts'
import { bars, chart, plainBars } from '../overview/chart.ts'
import { roughDuration } from '../overview/rough-duration.ts'
import { topOfTimes } from '../overview/scale.ts'
import type { TaskView } from './view.ts'
import { tickStateNames } from './words.ts'

/** Of a tick that is over: in milliseconds. */
export const tookOf = ({ began_at, ended_at }: Noted) =>
  Math.max(0, (ended_at ?? began_at) - began_at)

/** With fewer bars than this each would be as wide as a page. */
const leastWidth = 20
/** The lowest bar, as a part of the highest, or it could not be seen. */
const leastHeight = 0.03

/** The runs of a task that are over, the earliest first. */
function drawnOf({ runs }: TaskView) {
  const over = runs.filter(({ state }) => state !== 'running').reverse()
  const times = over.map(tookOf)
  const most = Math.max(...times)
  const heights = (top: number, state: string) =>
    over.map((run, index) =>
      run.state === state ? Math.max(times[index] ?? 0, top * leastHeight) : 0
    )
  const parts = (top: number) => [
    { mark: 'finished', values: heights(top, 'done') },
    { mark: 'failed', values: heights(top, 'failed') }
  ]
  return { over, times, most, parts, width: Math.max(leastWidth, over.length) }
}

function summary({ over, times, most }: ReturnType<typeof drawnOf>, language: Language) {
  const t = speak(language)
  const failed = over.filter(({ state }) => state === 'failed').length
  const [least, longest] = [Math.min(...times), most].map(time => roughDuration(time, language))
  return t(
    `最近の${over.length}回の所要時間：${least}〜${longest}。失敗${failed}回。`,
    `Durations of the latest ${over.length} runs: ${least} to ${longest}; ${failed} failed.`
  )
}

/** As small as a line of text; nothing before the first run is over. */
export function spark(view: TaskView, language: Language): Html | false {
  const drawn = drawnOf(view)
  if (drawn.over.length === 0) return false
  const { most, parts, width } = drawn
  const top = Math.max(most, 1)
  return html`<svg class="spark" viewBox="0 0 ${width} 100" preserveAspectRatio="none" role="img" aria-label="${summary(drawn, language)}">${plainBars(parts(top), top)}</svg>`
}

export function runChart(view: TaskView, language: Language): Html | false {
  const drawn = drawnOf(view)
  const { over, times, most, parts, width } = drawn
  if (over.length === 0) return false
  const t = speak(language)
  const top = topOfTimes(most)
  const titles = over.map(
    ({ scheduled_at, state }, index) =>
      `${japanTime(scheduled_at)} ${tickStateNames[state][language]}, ${roughDuration(times[index] ?? 0, language)}`
  )
  const clock = (index: number) =>
    index < over.length ? japanTime(over[index]?.scheduled_at ?? 0).slice(5, 16) : ''
  return chart({
    title: t(`最近の${over.length}回の所要時間`, `Durations of the latest ${over.length} runs`),
    summary: summary(drawn, language),
    keys: [
      { mark: 'finished', name: tickStateNames.done[language] },
      { mark: 'failed', name: tickStateNames.failed[language] }
    ],
    heights: [roughDuration(top, language), roughDuration(top / 2, language)],
    times: [clock(0), '', width > over.length ? '' : t('最新 (JST)', 'latest (JST)')],
    drawing: bars(parts(top), top, titles),
    width
  })
}
