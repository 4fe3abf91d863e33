import { setTimeout } from 'node:timers/promises'

/** Pauses before a statement is repeated whose connection was lost, in milliseconds. */
const pauses = [20, 200, 1000]
const patienceMilliseconds = 10_000
/** The same where it matters more than the time of whoever waits: as long as a lease holds. */
const insistPause = 500
const insistMilliseconds = 30_000
const mostTries = 5

type Terms = {
  /** Called before a repetition if the statement may have happened already. */
  doubt?(): void
  /** Until this is aborted, or for 30 s, it is repeated whatever the error was, if time can mend it. */
  insist?: AbortSignal | undefined
}

/**
 * Runs a statement again when MySQL gave it up in favour of another, a deadlock (1213) or a lock wait that took
 * too long (1205), which leave nothing behind; and, a few times, when its connection was lost. Then it may
 * have happened, so it must be one that can be repeated.
 */
export async function repeated<Value>(
  statement: () => PromiseLike<Value>,
  { doubt = () => {}, insist }: Terms = {}
): Promise<Value> {
  const beganAt = performance.now()
  let losses = 0
  for (let tries = 1; ; tries += 1) {
    try {
      return await statement()
    } catch (error) {
      if (isBlocked(error) && tries < mostTries) continue
      const pause = pauseAfter(error, losses, performance.now() - beganAt, insist)
      if (pause === undefined) throw error
      losses += 1
      doubt()
      await setTimeout(pause)
    }
  }
}

function pauseAfter(error: unknown, losses: number, milliseconds: number, insist?: AbortSignal) {
  if (insist && !insist.aborted && !isUnfit(error) && milliseconds < insistMilliseconds)
    return pauses[losses] ?? insistPause
  return isLost(error) && milliseconds < patienceMilliseconds ? pauses[losses] : undefined
}

/**
 * Runs a statement that writes one row or none: a guarded UPDATE, or an INSERT that gives 0 where a key is taken
 * (`noneIfTaken`); gives whether it has. When an answer was lost, the next run finds what the one before has
 * written in its way; then `isWritten` tells whether the row is as it would be.
 */
export async function won(
  write: () => PromiseLike<number>,
  isWritten: () => Promise<boolean>,
  insist?: AbortSignal
): Promise<boolean> {
  let isDoubtful = false
  const doubt = () => {
    isDoubtful = true
  }
  const count = await repeated(write, { doubt, insist })
  return count === 1 || (isDoubtful && (await isWritten()))
}

/** How many rows an INSERT has written that failed because a key is taken. */
export function noneIfTaken(error: unknown): 0 {
  if (!isDuplicate(error)) throw error
  return 0
}

function isBlocked(error: unknown) {
  const { errno } = error as { errno?: number }
  return errno === 1213 || errno === 1205
}

/** Of the server, when it stops or ends a connection: ER_SERVER_SHUTDOWN, ER_CONNECTION_KILLED, ER_NET_*. */
const endings = [1053, 1077, 1078, 1079, 1080, 1158, 1159, 1160, 1161, 1927, 3169, 4031]
/** ER_CON_COUNT_ERROR, ER_TOO_MANY_USER_CONNECTIONS, ER_USER_LIMIT_REACHED. */
const full = [1040, 1203, 1226]
const cuts = ['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT']

/** Whether the connection is gone, or was never made, and the fate of the statement is unknown. */
export function isLost(error: unknown): boolean {
  const { errno, code } = error as { errno?: number; code?: string }
  return endings.includes(errno ?? 0) || cuts.includes(code ?? '')
}

/** Whether a statement has found no connection, ours or the server's all being taken: it has changed nothing. */
export function isUnserved(error: unknown): boolean {
  const { errno, name } = error as { errno?: number; name?: string }
  return name === 'KnexTimeoutError' || full.includes(errno ?? 0)
}

/** Whether a value does not fit its column (SQLSTATE class 22), and never will. SQLite takes any. */
export function isUnfit(error: unknown): boolean {
  return /^22/.test((error as { sqlState?: string }).sqlState ?? '')
}

/** Whether a row could not be written because a key of it is taken: MySQL's and SQLite's words for it. */
export function isDuplicate(error: unknown): boolean {
  const { errno, code } = error as { errno?: number; code?: string }
  return errno === 1062 || /^SQLITE_CONSTRAINT_(PRIMARYKEY|UNIQUE)$/.test(code ?? '')
}
