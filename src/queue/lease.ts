import type { Services } from '../services.ts'
import * as jobs from './job.ts'

export type Lease = ReturnType<typeof keepLease>

/** How often a lease is renewed: twice may fail before it runs out. */
const beatSeconds = 10
const progressMilliseconds = 1000
/** How long the work may take to end by itself once `signal` is aborted. */
const graceSeconds = 5

/**
 * Keeps an attempt's lease alive while its work runs. `signal` is aborted when the lease is lost
 * (another attempt has the job, or the database has not answered for as long as the lease holds), when
 * the attempt has taken too long, and when `stopping` is. What the work does after the lease is lost
 * is not recorded.
 */
export function keepLease(
  { database, log }: Services,
  attempt: jobs.Job,
  stopping?: AbortSignal,
  attemptSeconds = jobs.attemptSeconds
) {
  const ended = new AbortController()
  const signal = stopping ? AbortSignal.any([ended.signal, stopping]) : ended.signal
  const lateAt = Date.now() + attemptSeconds * 1000
  let until = Date.now() + jobs.leaseSeconds * 1000
  let shownAt = Date.now()

  async function beat(progress?: number) {
    const renewedAt = Date.now()
    try {
      if (await jobs.renew(database, attempt, progress))
        until = Math.max(until, renewedAt + jobs.leaseSeconds * 1000)
      else
        ended.abort(
          new Error('The lease was lost: another attempt has the job, or it was cancelled.')
        )
    } catch (error) {
      log.warn({ err: error, job: attempt.id }, 'lease not renewed')
    }
  }

  /** Does not wait for a beat, which hangs when the database does. */
  function look() {
    const now = Date.now()
    if (now > until) ended.abort(new Error('The lease ran out: the database has not answered.'))
    if (now > lateAt) ended.abort(new Error(`The work has taken longer than ${attemptSeconds} s.`))
  }

  const timers = [setInterval(beat, beatSeconds * 1000), setInterval(look, 1000)]
  const done = new AbortController()
  const overstayed = new Promise<never>((_resolve, reject) => {
    const wait = () => timers.push(setTimeout(() => reject(signal.reason), graceSeconds * 1000))
    if (signal.aborted) wait()
    else signal.addEventListener('abort', wait, { signal: done.signal })
  })

  return {
    signal,
    /** Rejects when the work goes on although `signal` was aborted a while ago. */
    overstayed,
    /**
     * Renews the lease and shows the person how far the work is, 0 to 100; once a second at most, for
     * nobody sees more, and a short job should not cost a statement for it.
     */
    progress(percent: number) {
      if (Date.now() < shownAt + progressMilliseconds) return
      shownAt = Date.now()
      void beat(Math.max(0, Math.min(99, Math.floor(percent))))
    },
    stop() {
      done.abort()
      timers.forEach(clearTimeout)
    }
  }
}
