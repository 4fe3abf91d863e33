import { japanTime } from '../japan-time.ts'

/** How a command shows times, and what stands in the head of a column of them. */
export function clockOf({ utc = false }: { utc?: boolean }) {
  const zone = utc ? 'UTC' : 'JST'
  return {
    zone,
    at(time: number | null): string {
      if (time === null) return '-'
      return utc ? new Date(time).toISOString().slice(0, 19).replace('T', ' ') : japanTime(time)
    },
    /** With the zone beside it, where no head says it. */
    full(time: number | null): string | undefined {
      return time === null ? undefined : `${this.at(time)} ${zone}`
    }
  }
}

export type Clock = ReturnType<typeof clockOf>
