import type { Message } from '@aws-sdk/client-sqs'
import type { Acknowledge } from './acknowledge.ts'
import type { Log } from './log.ts'
import { type Request, toRequest } from './request.ts'
import type { Settings } from './settings.ts'
import type { Answer, Worker } from './worker.ts'

export type Daemon = {
  settings: Settings
  worker: Worker
  acknowledge: Acknowledge
  log: Log
}

type Failed = Exclude<Answer, 'cut'>

/** With `closedConnection: 'repost'`; Amazon's daemon 2.0 has no such bound. */
const mostReposts = 3

/** Never rejects: one message that can't be dealt with must not end the daemon. */
export async function deliver(daemon: Daemon, message: Message): Promise<void> {
  try {
    await bring(daemon, message)
  } catch (error) {
    daemon.log('deliver', `${message.MessageId} is left to its visibility: ${error}`)
  }
}

/** Brings one message to the worker and does with it what the answer says. */
async function bring(daemon: Daemon, message: Message): Promise<void> {
  const { settings, acknowledge, log } = daemon
  if (isExpired(message, settings)) {
    log('expired-msg', `${message.MessageId} is older than the retention period, deleted`)
    return acknowledge.remove(message)
  }
  const startedAt = performance.now()
  const answer = await post(daemon, toRequest(message, settings, log))
  // The worker may still be at it, so the message keeps the rest of its visibility.
  if (answer === 'cut') return
  if (isSuccess(answer)) return acknowledge.remove(message)
  report(log, message, answer, (performance.now() - startedAt) / 1000)
  const { errorVisibilityTimeoutSeconds } = settings
  if (errorVisibilityTimeoutSeconds === undefined || !isReleased(answer, settings)) return
  await acknowledge.release(message, errorVisibilityTimeoutSeconds)
}

/** Counted from the first receive, not from the sending: Amazon's daemon does so. */
function isExpired({ Attributes }: Message, { retentionPeriodSeconds }: Settings) {
  const firstReceivedAt = Number(Attributes?.ApproximateFirstReceiveTimestamp ?? Date.now())
  return Date.now() > firstReceivedAt + retentionPeriodSeconds * 1000
}

async function post({ settings, worker, log }: Daemon, request: Request): Promise<Answer> {
  for (let reposts = 0; ; reposts += 1) {
    log('message', `sent to ${settings.httpUrl}${request.path}`)
    const answer = await worker.post(request)
    const isAgain = answer === 'closed' && settings.closedConnection === 'repost'
    if (!isAgain || reposts === mostReposts) return answer
  }
}

/** Exactly 200: every other status, 204 too, means that the message comes again. */
function isSuccess(answer: Failed) {
  return answer !== 'closed' && 'status' in answer && answer.status === 200
}

function isReleased(answer: Failed, { errorVisibilityFor }: Settings) {
  return errorVisibilityFor === 'failures' || (answer !== 'closed' && 'status' in answer)
}

function report(log: Log, { MessageId, Attributes }: Message, answer: Failed, seconds: number) {
  const delivery = `${MessageId} (${Attributes?.ApproximateReceiveCount ?? 1})`
  if (answer === 'closed') log('socket-err', `${delivery} connection closed by server`, seconds)
  else if ('status' in answer) log('http-err', `${delivery} ${answer.status}`, seconds)
  else log('socket-err', `${delivery} ${answer.failure}`, seconds)
}
