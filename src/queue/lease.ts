import type { Services } from '../services.ts'
import * as jobs from './job.ts'

export type Lease = ReturnType<typeof keepLease>

/** How often a lease is renewed: twice may fail before it runs out. */
const beatSeconds = 10

/**
 * Keeps an attempt's lease alive while its work runs. `signal` is aborted when the lease is lost
 * (another attempt has the job, or the database could not be reached for as long as the lease
 * holds) or when `stopping` is; what the work does after that is not recorded.
 */
export function keepLease({ database, log }: Services, attempt: jobs.Job, stopping?: AbortSignal) {
  const lost = new AbortController()
  let until = Date.now() + jobs.leaseSeconds * 1000

  async function beat(progress?: number) {
    const renewedAt = Date.now()
    try {
      if (await jobs.renew(database, attempt, progress))
        until = renewedAt + jobs.leaseSeconds * 1000
      else lost.abort(new Error('The lease was lost: another attempt has the job.'))
    } catch (error) {
      log.warn({ err: error, job: attempt.id }, 'lease not renewed')
      if (Date.now() > until) lost.abort(new Error('The lease ran out.', { cause: error }))
    }
  }

  const timer = setInterval(beat, beatSeconds * 1000)
  return {
    signal: stopping ? AbortSignal.any([lost.signal, stopping]) : lost.signal,
    /** Renews at once and shows the person how far the work is, 0 to 100. */
    progress: (percent: number) => void beat(Math.max(0, Math.min(99, Math.floor(percent)))),
    stop: () => clearInterval(timer)
  }
}
