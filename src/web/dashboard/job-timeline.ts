import { durationText } from '../../explain/duration.ts'
import { entryNames } from '../../explain/entry-name.ts'
import type { Facts } from '../../explain/facts.ts'
import { type Attempt, tookOf } from '../../explain/passage.ts'
import { type Html, html } from '../../html.ts'
import { japanTime } from '../../japan-time.ts'
import { type Language, speak } from '../../language.ts'
import type { Entry } from '../../queue/timeline.ts'
import { japanTimeTag } from './time.ts'

/** All that happened to a job, oldest first; each attempt with a bar of when it was within the life of the job. */
export function jobTimeline(facts: Facts, language: Language): Html {
  const { job, passages, now } = facts
  const t = speak(language)
  if (passages.length === 0 && job.attempts > 0)
    return html`<p class="hint">${t('経過は、この版より前に始まったジョブでは残っていません。', 'There is no timeline: the job began under an earlier version.')}</p>`
  const recorded = item(job.waiting_at, t('受付', 'Recorded'), [])
  const end = Math.max(job.finished_at ?? now, job.waiting_at + 1)
  const drawn = passages.map(passage =>
    'attempt' in passage
      ? attemptItem(passage.attempt, { start: job.waiting_at, end, now }, language)
      : entryItem(passage.entry, language)
  )
  return html`<ol class="timeline">${recorded}${drawn}</ol>`
}

type Span = { start: number; end: number; now: number }

function attemptItem(attempt: Attempt, span: Span, language: Language) {
  const t = speak(language)
  const { begun, ended } = attempt
  const outcome = ended ? entryNames[ended.what][language] : t('作業中', 'At work')
  const took = durationText(tookOf(attempt, span.now), language)
  const title = t(
    `試行${begun.attempt ?? ''}：${outcome}`,
    `Attempt ${begun.attempt ?? ''}: ${outcome}`
  )
  const facts = [
    [t('時間', 'Took'), took],
    [t('ワーカー', 'Worker'), begun.worker],
    [t('メッセージ', 'Message'), begun.message],
    [t('受信回数', 'Receive count'), begun.receives],
    [t('エラー', 'Error'), ended?.error]
  ] as Fact[]
  return item(begun.at, title, facts, {
    mood: moodOf(ended),
    bar: bar(attempt, span, `${title}, ${took}`)
  })
}

function entryItem({ at, what, message, until, error }: Entry, language: Language) {
  const t = speak(language)
  const facts = [
    [t('メッセージ', 'Message'), message],
    [t('いつまで', 'Until'), until && japanTime(until)],
    [t('エラー', 'Error'), error]
  ] as Fact[]
  return item(at, entryNames[what]?.[language] ?? what, facts)
}

type Fact = [string, string | number | undefined]

/** `at` is 0 where nobody knows. */
function item(at: number, title: string, facts: Fact[], more: { mood?: string; bar?: Html } = {}) {
  const known = facts.filter(([, value]) => value !== undefined && value !== '')
  const time = at > 0 && html`${japanTimeTag(at)} `
  return html`<li${more.mood && html` class="${more.mood}"`}>${time}<b>${title}</b>
${more.bar}${known.length > 0 && html`<dl>${known.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`}</li>\n`
}

function moodOf(ended: Entry | undefined) {
  if (!ended) return 'is-open'
  return ended.what === 'finished' ? 'is-done' : 'is-broken'
}

/** Never so short that it could not be seen. */
const leastPercent = 1.5

function bar(attempt: Attempt, { start, end, now }: Span, label: string): Html {
  const percent = (milliseconds: number) => (100 * milliseconds) / (end - start)
  const width = Math.min(100, Math.max(leastPercent, percent(tookOf(attempt, now))))
  const x = Math.max(0, Math.min(100 - width, percent(attempt.begun.at - start)))
  return html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label="${label}"><rect class="whole" width="100" height="4"/><rect x="${x.toFixed(1)}" width="${width.toFixed(1)}" height="4"/></svg>`
}
