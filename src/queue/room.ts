import { attemptSeconds, type Job } from './job.ts'
import type { Kind } from './kind.ts'

export type Room = ReturnType<typeof openRoom>

/** Room for `size` long jobs in one process: as many may be in work there at one time. */
export function openRoom(size: number) {
  let taken = 0

  function leave() {
    taken -= 1
  }

  return {
    /** Takes a place; gives what frees it again, or nothing when all are taken. */
    enter(): (() => void) | undefined {
      if (taken >= size) return undefined
      taken += 1
      return leave
    }
  }
}

/** Whether a job may take longer than sqsd waits, by what its kind declares. */
export function isLong(kinds: Kind[], { kind }: Pick<Job, 'kind'>): boolean {
  const declared = kinds.find(({ name }) => name === kind)
  return (declared?.attemptSeconds ?? 0) > attemptSeconds
}
