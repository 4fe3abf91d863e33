import type { Outcome } from './simulate.ts'

/** The smallest value that so many percent of them do not exceed; nothing of nothing. */
export function percentile(values: number[], percent: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)]
}

export type Span = {
  from: number
  arrived: number
  done: number
  /** The most in the span. */
  backlog: number
  inService: number
  p50: number | undefined
  p95: number | undefined
  p99: number | undefined
  longest: number | undefined
}

/** The day in spans of so many minutes; waiting times belong to the span a job is sent in. */
export function spansOf({ minutes, waits }: Outcome, length: number): Span[] {
  const waiting = Map.groupBy(waits, ({ at }) => Math.floor(at / 60 / length))
  return Array.from({ length: Math.ceil(minutes.length / length) }, (_, index) => {
    const from = index * length
    const own = minutes.slice(from, from + length)
    const before = minutes[from - 1]
    const last = own.at(-1)
    const seconds = (waiting.get(index) ?? []).map(wait => wait.seconds)
    return {
      from: from * 60,
      arrived: (last?.arrived ?? 0) - (before?.arrived ?? 0),
      done: (last?.done ?? 0) - (before?.done ?? 0),
      backlog: Math.max(...own.map(({ backlog }) => backlog)),
      inService: Math.max(...own.map(({ inService }) => inService)),
      ...waitsOf(seconds)
    }
  })
}

export function waitsOf(seconds: number[]) {
  return {
    p50: percentile(seconds, 50),
    p95: percentile(seconds, 95),
    p99: percentile(seconds, 99),
    longest: percentile(seconds, 100)
  }
}
