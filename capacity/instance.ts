import type { Clock } from './clock.ts'
import type { Job } from './day.ts'

export type Machine = { cores: number; httpConnections: number }
export type Instance<Work> = ReturnType<typeof openInstance<Work & Job>>

export type Listener<Work> = { begun(job: Work): void; done(job: Work): void }

/**
 * A worker instance: sqsd takes as many messages as it has connections; each then waits for a core, in
 * order, as it does for a thread of the pool; when drawn it waits for S3 and SES, without a core.
 */
export function openInstance<Work extends Job>(
  clock: Clock,
  { cores, httpConnections }: Machine,
  { begun, done }: Listener<Work>
) {
  const line: Work[] = []
  let held = 0
  let busy = 0

  function begin() {
    while (busy < cores) {
      const job = line.shift()
      if (!job) return
      busy += 1
      begun(job)
      clock.after(job.cpuSeconds, () => drawn(job))
    }
  }

  function drawn(job: Work) {
    busy -= 1
    clock.after(job.networkSeconds, () => end(job))
    begin()
  }

  function end(job: Work) {
    held -= 1
    done(job)
  }

  return {
    held: () => held,
    free: () => httpConnections - held,
    take(job: Work) {
      held += 1
      line.push(job)
      begin()
    }
  }
}
