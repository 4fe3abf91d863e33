import * as count from '../metrics/count.ts'
import type { Services } from '../services.ts'
import { now } from './clock.ts'
import { tooLate } from './deadline.ts'
import { keepRenewed, openHold, renew, untilOf } from './hold.ts'
import * as jobs from './job.ts'
import type { Renewer } from './renewer.ts'

export type Lease = ReturnType<typeof keepLease>

const progressMilliseconds = 1000
/** How long the work may take to end by itself once `signal` is aborted. */
const graceSeconds = 5

/** What bounds an attempt: the process, which may be asked to stop, how long its kind may take, and until when its job. */
export type Bounds = {
  stopping?: AbortSignal | undefined
  attemptSeconds?: number | undefined
  /** In milliseconds since 1970. */
  deadline?: number
  /** Without one, the lease is renewed by this thread, and work that blocks it may lose its job. */
  renewer?: Renewer | undefined
}

/**
 * Keeps an attempt's lease alive while its work runs. `signal` is aborted when the lease is lost
 * (another attempt has the job, or the database has not answered for as long as the lease holds), when
 * the attempt has taken too long or its job's deadline is over, and when `stopping` is. What the work
 * does after the lease is lost is not recorded.
 */
export function keepLease(
  { database, log }: Services,
  attempt: jobs.Job,
  { stopping, attemptSeconds = jobs.attemptSeconds, deadline = Infinity, renewer }: Bounds = {}
) {
  const ended = new AbortController()
  const signal = stopping ? AbortSignal.any([ended.signal, stopping]) : ended.signal
  const hold = openHold(attempt, Math.min(now(database) + attemptSeconds * 1000, deadline))
  const warn = log.warn.bind(log)
  const release = renewer?.keep(hold) ?? keepRenewed(database, hold, warn)
  let shownAt = Date.now()

  /** Does not wait for a renewal, which hangs when the database does. */
  function look() {
    lookIfLost()
    const time = now(database)
    if (time > deadline) ended.abort(new Error(tooLate(deadline)))
    if (time > hold.lateAt)
      ended.abort(new Error(`The work has taken longer than ${attemptSeconds} s.`))
    if (time > (untilOf(hold) ?? 0)) lose('The lease ran out: the database has not answered.')
  }

  function lookIfLost() {
    if (untilOf(hold) === undefined)
      lose('The lease was lost: another attempt has the job, or it was cancelled.')
  }

  function lose(why: string) {
    if (!ended.signal.aborted) count.leaseLost()
    ended.abort(new Error(why))
  }

  const timers = [setInterval(look, 1000)]
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
      const whole = Math.max(0, Math.min(99, Math.floor(percent)))
      void renew(database, hold, warn, whole).then(lookIfLost)
    },
    stop() {
      done.abort()
      release()
      timers.forEach(clearTimeout)
    }
  }
}
