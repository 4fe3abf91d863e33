import { type Html, html } from '../../../html.ts'
import { japanTime } from '../../../japan-time.ts'
import { type Language, type Sentence, speak } from '../../../language.ts'
import { type Interval, type Span, spans } from '../../../queue/history.ts'
import { bars, chart, steps } from './chart.ts'
import { amount } from './number.ts'
import { roughDuration } from './rough-duration.ts'
import { topOfCounts, topOfTimes } from './scale.ts'

export type History = { span: Span; intervals: Interval[] }

const spanNames: Record<Span, Sentence> = {
  '1h': { ja: '1時間', en: '1 hour' },
  '24h': { ja: '24時間', en: '24 hours' },
  '7d': { ja: '7日', en: '7 days' }
}

/** How much was done, and how long it took: as pictures, and as a table. */
export function charts(history: History, language: Language): Html {
  return html`${spanLinks(history.span, language)}
<div class="charts">${throughput(history, language)}${latency(history, language)}</div>
${table(history, language)}`
}

function spanLinks(current: Span, language: Language) {
  const links = Object.entries(spanNames).map(
    ([span, name]) =>
      html`<a href="/dashboard/?span=${span}"${span === current && html` aria-current="true"`}>${name[language]}</a>`
  )
  return html`<nav class="states" aria-label="${speak(language)('期間', 'Period')}">${links}</nav>`
}

function throughput({ span, intervals }: History, language: Language) {
  const t = speak(language)
  const finished = intervals.map(one => one.finished)
  const failed = intervals.map(one => one.failed)
  const top = topOfCounts(Math.max(...intervals.map(one => one.finished + one.failed)))
  const [done, bad] = [sum(finished), sum(failed)].map(count => amount(count, language))
  const step = roughDuration(spans[span].step, language)
  const words = [t('完了', 'Finished'), t('失敗', 'Failed')]
  const titles = intervals.map(
    one => `${clock(one.start)} ${words[0]} ${one.finished}, ${words[1]} ${one.failed}`
  )
  const parts = [
    { mark: 'failed', values: failed },
    { mark: 'finished', values: finished }
  ]
  return chart({
    title: t(`処理数（${step}ごと）`, `Throughput, per ${step}`),
    summary: t(`完了 ${done}件、失敗 ${bad}件。`, `${done} finished, ${bad} failed.`),
    keys: [
      { mark: 'finished', name: `${words[0]} ${done}` },
      { mark: 'failed', name: `${words[1]} ${bad}` }
    ],
    heights: [amount(top, language), amount(top / 2, language)],
    times: ends(intervals, language),
    drawing: bars(parts, top, titles),
    width: intervals.length
  })
}

function latency({ intervals }: History, language: Language) {
  const t = speak(language)
  const [p50, p95] = [intervals.map(one => one.p50), intervals.map(one => one.p95)]
  const top = topOfTimes(Math.max(0, ...known(p95)))
  const spanOf = (values: (number | undefined)[]) =>
    `${roughDuration(Math.min(...known(values)), language)}–${roughDuration(Math.max(...known(values)), language)}`
  const range = `p50 ${spanOf(p50)}, p95 ${spanOf(p95)}`
  const summary = known(p95).length > 0 ? range : t('完了したジョブなし。', 'No job finished.')
  return chart({
    title: t('受付から完了まで', 'From order to finish'),
    summary,
    keys: [
      { mark: 'p50', name: t('p50（半数がこれ以内）', 'p50, half within') },
      { mark: 'p95', name: t('p95（95%がこれ以内）', 'p95, 95% within') }
    ],
    heights: [roughDuration(top, language), roughDuration(top / 2, language)],
    times: ends(intervals, language),
    drawing: html`${steps('p95', p95, top)}${steps('p50', p50, top)}`,
    width: intervals.length
  })
}

/** Only the intervals in which something ended, the latest first. */
function table({ span, intervals }: History, language: Language) {
  const t = speak(language)
  const heads = [t('から (JST)', 'From (JST)'), t('完了', 'Finished'), t('失敗', 'Failed')]
  const rows = intervals.filter(one => one.finished + one.failed > 0).reverse()
  const step = roughDuration(spans[span].step, language)
  const none = t('この期間に終わったジョブはありません。', 'No job ended in this period.')
  const time = (milliseconds?: number) =>
    milliseconds ? roughDuration(milliseconds, language) : '–'
  const body = html`<table class="figures">
<caption>${t(`${step}ごと。何も終わらなかった区間は省いています。`, `Per ${step}; left out where nothing ended.`)}</caption>
<thead><tr>${[...heads, 'p50', 'p95'].map(head => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(one => html`<tr><th scope="row">${clock(one.start)}</th><td>${one.finished}</td><td>${one.failed}</td><td>${time(one.p50)}</td><td>${time(one.p95)}</td></tr>`)}</tbody>
</table>`
  return html`<details><summary>${t('表で見る', 'As a table')}</summary>${rows.length > 0 ? body : html`<p>${none}</p>`}</details>`
}

function ends(intervals: Interval[], language: Language): [string, string, string] {
  const at = (index: number) => clock(intervals[index]?.start ?? 0)
  const present = language === 'ja' ? '現在 (JST)' : 'now (JST)'
  return [at(0), at(Math.floor(intervals.length / 2)), present]
}

/** `11-26 14:05` in Japan. */
const clock = (time: number) => japanTime(time).slice('2026-'.length, '2026-11-26 14:05'.length)

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
const known = (values: (number | undefined)[]) => values.filter(value => value !== undefined)
