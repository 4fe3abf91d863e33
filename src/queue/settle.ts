import { now } from './clock.ts'
import { deadlineOf, isLate, tooLate } from './deadline.ts'
import { send } from './enqueue.ts'
import * as jobs from './job.ts'
import type { Result } from './kind.ts'
import type { Lease } from './lease.ts'
import type { Ledger } from './ledger.ts'
import { GiveUp, type Outcome, RetryLater } from './outcome.ts'
import type { Attempt, Ending } from './perform.ts'
import { isLast, pauseAfter } from './retry.ts'
import { longestDelaySeconds } from './sqs.ts'
import { isUnfit } from './statement.ts'

type Means = { lease: Lease; ledger: Ledger; stopping?: AbortSignal | undefined }

/**
 * Decides what becomes of a job whose work has returned or thrown, and records it. What an earlier statement
 * did not tell of the effects goes with the one that finishes the job, or before any other.
 */
export async function settle(attempt: Attempt, ending: Ending, means: Means): Promise<Outcome> {
  await means.ledger.close()
  if ('result' in ending) return await finish(attempt, ending.result, means)
  await means.ledger.write()
  const { line, job } = attempt
  const { error } = ending
  const { stopping } = means
  if (error instanceof GiveUp) return recorded('gave up', await fail(attempt, describe(error)))
  if (isLate(line, job)) return await runOut(attempt, error)
  if (error instanceof RetryLater) return await comeAgain(attempt, error, error.seconds, false)
  if (stopping?.aborted) return await handBack(attempt, stopping)
  if (isLast(attempt)) return recorded('failed', await fail(attempt, describe(error)))
  const pause = pauseAfter(attempt)
  if (pause !== undefined) return await comeAgain(attempt, error, pause, true)
  return recorded('retry', await jobs.retry(line.database, job, describe(error)))
}

async function finish(attempt: Attempt, result: Result, means: Means): Promise<Outcome> {
  const { lease, ledger } = means
  const receipts = ledger.take()
  const more = { ...(receipts && { receipts }), insist: lease.signal }
  const { line, job } = attempt
  try {
    const isMine = await jobs.finish(line.database, job, honest(attempt, result), more)
    if (!isMine) await ledger.write()
    return recorded('finished', isMine)
  } catch (error) {
    if (!isUnfit(error)) throw error
    return await settle(attempt, { error: error as Error }, means)
  }
}

/** The person is told that a mail may come twice. */
function honest({ job, isDoubtful }: Attempt, result: Result): Result {
  if (!isDoubtful) return result
  return { ...result, warnings: [...(result.warnings ?? []), twice[job.language]] }
}

const twice = {
  ja: '以前の送信の結果を確認できなかったため、同じメールが2通届くことがあります。',
  en: 'We could not tell whether an earlier mail went out, so the same mail may reach you twice.'
}

async function fail({ line, job, files }: Attempt, error: string) {
  return await jobs.fail(line.database, job, error, files.at(-1))
}

/** A stale attempt changes nothing; its message comes again and finds what the other one did. */
function recorded(outcome: Outcome, isMine: boolean): Outcome {
  return isMine ? outcome : 'busy'
}

/** There is no time for another attempt; what its deadline has ended says so by itself. */
async function runOut(attempt: Attempt, error: Error): Promise<Outcome> {
  const deadline = deadlineOf(attempt.line, attempt.job)
  const last = error.message === tooLate(deadline) ? null : describe(error)
  return recorded('overdue', await fail(attempt, tooLate(deadline, last)))
}

/** A new message comes when it is time; beyond the longest delay of SQS the sweep sends it. */
async function comeAgain(
  attempt: Attempt,
  error: Error,
  seconds: number,
  isFailure: boolean
): Promise<Outcome> {
  const { line, job } = attempt
  const runAt = now(line.database) + seconds * 1000
  if (isLate(line, job, runAt)) return await runOut(attempt, error)
  const isMine = await jobs.postpone(line.database, job, describe(error), runAt, isFailure)
  if (isMine && seconds <= longestDelaySeconds) await send(line, job, seconds)
  return recorded('retry later', isMine)
}

/** Not counted, and left to the sweep: sqsd may be gone, and its message with it for a long while. */
async function handBack({ line, job }: Attempt, { reason }: AbortSignal): Promise<Outcome> {
  const why = reason instanceof Error ? reason.message : String(reason)
  return recorded('handed back', await jobs.postpone(line.database, job, why, now(line.database)))
}

/** What the operator reads: the message, and where it came from. */
function describe(error: Error) {
  const [first = '', ...rest] = (error.stack ?? '').split('\n')
  const frames = rest.filter(line => /^\s+at /.test(line)).slice(0, 3)
  return [error.message || first, ...frames].join('\n').slice(0, 4000)
}
