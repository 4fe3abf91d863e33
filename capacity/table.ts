import { spansOf, waitsOf } from './figures.ts'
import type { Declared } from './rule.ts'
import type { Outcome } from './simulate.ts'

const heads = ['hour', 'sent', 'done', 'backlog', 'instances', 'p50', 'p95', 'p99', 'longest']
const widths = [5, 8, 8, 9, 11, 9, 9, 9, 9]

/** What a terminal shows of a day. */
export function tableOf(outcome: Outcome, rule: Declared): string {
  const rows = spansOf(outcome, 60).map(span => [
    clockTime(span.from),
    ...[span.arrived, span.done, span.backlog, span.inService].map(String),
    ...[span.p50, span.p95, span.p99, span.longest].map(duration)
  ])
  const { arrived, done, left, instanceHours } = outcome
  const day = waitsOf(outcome.waits.map(({ seconds }) => seconds))
  return `Target ${rule.targetValue} messages per instance, ${rule.minSize} to ${rule.maxSize} instances, warm-up ${rule.warmupSeconds} s, HttpConnections ${rule.httpConnections}

${[heads, ...rows].map(line).join('\n')}

Waiting, from the message until a core draws: p50 ${duration(day.p50)}, p95 ${duration(day.p95)}, p99 ${duration(day.p99)}, longest ${duration(day.longest)}
Jobs: ${arrived} sent, ${done} done, ${left} left at midnight; ${instanceHours.toFixed(1)} instance-hours
`
}

function line(cells: string[]) {
  return cells.map((cell, index) => cell.padStart(widths[index] ?? 0)).join('')
}

export function clockTime(seconds: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${two(seconds / 3600)}:${two((seconds % 3600) / 60)}`
}

/** `0.4 s`, `35 s`, `12 min`. */
export function duration(seconds: number | undefined): string {
  if (seconds === undefined) return '–'
  if (seconds >= 600) return `${(seconds / 60).toFixed(0)} min`
  if (seconds >= 100) return `${(seconds / 60).toFixed(1)} min`
  return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`
}
