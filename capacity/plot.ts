import { daySeconds } from './day.ts'
import { type Span, spansOf } from './figures.ts'
import { type Panel, panel } from './panel.ts'
import type { Declared } from './rule.ts'
import type { Minute, Outcome } from './simulate.ts'

const width = 860
const panelHeight = 170
const top = 74

/** Legible on a light and on a dark page: a picture of GitHub follows the reader's system. */
const style = `
    svg { --paper: #ffffff; --ink: #1f2328; --faint: #59636e; --rule: #d1d9e0; --first: #0550ae; --second: #bc4c00 }
    @media (prefers-color-scheme: dark) {
      svg { --paper: #0d1117; --ink: #f0f6fc; --faint: #9198a1; --rule: #3d444d; --first: #6cb6ff; --second: #ffa657 }
    }
    text { font: 12px system-ui, sans-serif; fill: var(--ink) }
    .title { font-size: 15px; font-weight: 600 }
    .faint { fill: var(--faint) }
    .paper { fill: var(--paper) }
    .rule { stroke: var(--rule); stroke-width: 1 }
    .curve { fill: none; stroke-width: 1.6; stroke-linejoin: round }
    .first { stroke: var(--first) }
    .second { stroke: var(--second) }
    .key-first { fill: var(--first) }
    .key-second { fill: var(--second) }`

/** Backlog, instances and waiting times, as SVG: over the day, and around the hour `burstAt`. */
export function plot(outcome: Outcome, rule: Declared, burstAt: number): string {
  const height = top + 3 * panelHeight + 30
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
  <title>A day of the worker tier: backlog, instances and waiting times</title>
  <style>${style}
  </style>
  <rect class="paper" width="${width}" height="${height}"/>
  <text class="title" x="16" y="26">A day of the worker tier, and its burst (simulated)</text>
  <text class="faint" x="16" y="45">${subtitle(outcome, rule)}</text>
${framesOf(burstAt)
  .flatMap(({ minutes, ...frame }) =>
    panelsOf(outcome, rule, minutes).map((one, index) =>
      panel(one, { ...frame, top: top + index * panelHeight })
    )
  )
  .join('\n')}
  <text class="faint" x="${width / 2}" y="${height - 12}" text-anchor="middle">time of day (hours:minutes)</text>
</svg>
`
}

/** The day, and an hour and a half around the burst; waiting times in spans of so many minutes. */
function framesOf(burstAt: number) {
  const from = Math.min(Math.max(burstAt * 3600 - 900, 0), daySeconds - 5400)
  return [
    { left: 58, width: 350, from: 0, to: daySeconds, every: 21_600, minutes: 5 },
    { left: 482, width: 350, from, to: from + 5400, every: 900, minutes: 1 }
  ]
}

function subtitle({ arrived, instanceHours }: Outcome, rule: Declared) {
  const { targetValue, minSize, maxSize, httpConnections } = rule
  return `${arrived.toLocaleString('en')} jobs · target ${targetValue} messages per instance · ${minSize} to ${maxSize} instances · HttpConnections ${httpConnections} · ${instanceHours.toFixed(1)} instance-hours`
}

function panelsOf(outcome: Outcome, rule: Declared, minutes: number): Panel[] {
  const spans = spansOf(outcome, minutes)
  const each = (pick: (minute: Minute) => number) =>
    outcome.minutes.map(minute => ({ x: minute.at, y: pick(minute) }))
  const spread = (pick: (span: Span) => number | undefined) =>
    spans.map(span => ({ x: span.from + minutes * 30, y: pick(span) }))
  return [
    {
      name: 'backlog (messages)',
      curves: [{ label: 'on the queue', points: each(({ backlog }) => backlog) }]
    },
    {
      name: 'instances',
      least: rule.maxSize,
      curves: [
        { label: 'in service', points: each(({ inService }) => inService) },
        { label: 'taking messages', points: each(({ working }) => working) }
      ]
    },
    {
      name: 'waiting (s)',
      curves: [
        { label: `p50 of ${minutes} min`, points: spread(({ p50 }) => p50) },
        { label: 'p99', points: spread(({ p99 }) => p99) }
      ]
    }
  ]
}
