import type { Database } from '../database.ts'
import { now } from './clock.ts'

/** What ended in an interval: `start` is its begin, `p50` and `p95` are milliseconds from order to finish. */
export type Interval = {
  start: number
  finished: number
  failed: number
  p50?: number
  p95?: number
}

const minute = 60_000
const hour = 60 * minute

/** How far one looks back, and in what steps. Each step divides nine hours, so that in Japan, too, a day begins one. */
export const spans = {
  '1h': { length: hour, step: minute },
  '24h': { length: 24 * hour, step: 30 * minute },
  '7d': { length: 7 * 24 * hour, step: 3 * hour }
}
export type Span = keyof typeof spans

/** So many steps in one statement: with a million jobs in the span, each reads some hundred thousand at most. */
const stepsAtOnce = 8
/** A finish is noted with its time and written up to 30 s later (`insist` in statement.ts). */
const settledAfter = minute
/** Failed jobs go back to work, old ones are pruned: what is known is read again after this. */
const forgottenAfter = 10 * minute

/**
 * Remembers the intervals that are over, so a look at the last week reads little more than what has happened since
 * the look before.
 */
export function openHistory(database: Database) {
  const known = new Map<Span, { intervals: Map<number, Interval>; since: number }>()

  return async (span: Span): Promise<Interval[]> => {
    const time = now(database)
    const { length, step } = spans[span]
    const last = Math.floor(time / step) * step
    const starts = Array.from({ length: length / step }, (_, back) => last - back * step).reverse()
    let memory = known.get(span)
    if (!memory || time - memory.since > forgottenAfter)
      memory = { intervals: new Map(), since: time }
    const { intervals } = memory
    const missing = starts.filter(start => !intervals.has(start))
    const found = await read(database, missing, step)
    const settled = found.filter(({ start }) => start + step < time - settledAfter)
    const kept = [...intervals.values(), ...settled].filter(({ start }) => starts.includes(start))
    known.set(span, { ...memory, intervals: mapOf(kept) })
    const all = mapOf([...intervals.values(), ...found])
    return starts.map(start => all.get(start) as Interval)
  }
}

const mapOf = (intervals: Interval[]) => new Map(intervals.map(one => [one.start, one]))

/** `starts` in order and without gaps. */
async function read(database: Database, starts: number[], step: number): Promise<Interval[]> {
  const found: Interval[] = []
  for (let index = 0; index < starts.length; index += stepsAtOnce)
    found.push(...(await readFew(database, starts.slice(index, index + stepsAtOnce), step)))
  return found
}

async function readFew(database: Database, starts: number[], step: number): Promise<Interval[]> {
  const range = { from: starts[0] as number, step, until: (starts.at(-1) as number) + step }
  const [finished, failed] = [
    await countFinished(database, range),
    await countFailed(database, range)
  ]
  return starts.map((start, slot) => {
    const latencies = finished.filter(row => row.slot === slot)
    return {
      start,
      finished: sum(latencies),
      failed: sum(failed.filter(row => row.slot === slot)),
      ...(latencies.length > 0 && { p50: quantile(latencies, 0.5), p95: quantile(latencies, 0.95) })
    }
  })
}

type Range = { from: number; step: number; until: number }
type Counted = { slot: number; count: number }
/** Jobs that took about as long: `size` is ten times the natural logarithm of the milliseconds, rounded down. */
type Latency = Counted & { size: number }

/** From an index alone, and few rows come back: each size is a tenth larger than the one before. */
async function countFinished(database: Database, { from, step, until }: Range): Promise<Latency[]> {
  const took = 'CASE WHEN finished_at > waiting_at THEN finished_at - waiting_at ELSE 1 END'
  const rows = await database('jobs')
    .select(database.raw('FLOOR((finished_at - ?) / ?) AS slot', [from, step]))
    .select(database.raw(`FLOOR(10 * LN(${took})) AS size`))
    .count<Latency[]>('* as count')
    .where({ state: 'finished' })
    .where('finished_at', '>=', from)
    .where('finished_at', '<', until)
    .groupBy('slot', 'size')
    .orderBy('size')
  return rows.map(row => ({ ...counted(row), size: Number(row.size) }))
}

/** Those that the operator has let go had failed as well. */
async function countFailed(database: Database, { from, step, until }: Range): Promise<Counted[]> {
  const rows = await database('jobs')
    .select(database.raw('FLOOR((finished_at - ?) / ?) AS slot', [from, step]))
    .count<Counted[]>('* as count')
    .whereIn('state', ['failed', 'discarded'])
    .where('finished_at', '>=', from)
    .where('finished_at', '<', until)
    .groupBy('slot')
  return rows.map(counted)
}

/** MySQL gives what FLOOR makes of a fraction as text. */
const counted = ({ slot, count }: Counted) => ({ slot: Number(slot), count: Number(count) })

const sum = (rows: Counted[]) => rows.reduce((total, { count }) => total + count, 0)

/** As if those of one size were spread evenly over it: right to a twentieth. */
function quantile(latencies: Latency[], part: number): number {
  let rank = sum(latencies) * part
  for (const { size, count } of latencies) {
    if (rank <= count) return Math.exp((size + rank / count) / 10)
    rank -= count
  }
  return Math.exp(((latencies.at(-1)?.size ?? 0) + 1) / 10)
}
