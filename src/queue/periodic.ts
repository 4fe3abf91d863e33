/** When a task of cron.yaml is due: the first time after another. */
export type Due = { task: string; next(after: Date): Date | undefined }

/** What is due of each field of a schedule, in UTC. Where `eitherDay`, a day that fits one of both fields is due. */
export type Times = Record<'minutes' | 'hours' | 'days' | 'months' | 'weekdays', Set<number>> & {
  eitherDay: boolean
}

/**
 * A task of cron.yaml. `task` is the last part of its path, by which the worker and `ticks` know it; `name` is what
 * sqsd calls it; `written` is its schedule as the file has it.
 */
export type Periodic = Due & { name: string; path: string; written: string; times: Times }

/**
 * For when a person asks at a time, in milliseconds since 1970: to the second, as sqsd tells it; never a whole
 * minute, for those are cron.yaml's.
 */
export function timeByHand(time: number): Date {
  const second = Math.floor(time / 1000) * 1000
  return new Date(second % 60_000 === 0 ? second + 1000 : second)
}

/** Whether a tick was asked for by a person (`sendTick` in sqs.ts). */
export const isByHand = (scheduledAt: number) => scheduledAt % 60_000 !== 0
