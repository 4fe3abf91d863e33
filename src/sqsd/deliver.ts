import type { Message } from '@aws-sdk/client-sqs'
import type { Acknowledge } from './acknowledge.ts'
import type { Log } from './log.ts'
import { toRequest } from './request.ts'
import type { Settings } from './settings.ts'
import type { Answer, Worker } from './worker.ts'

export type Daemon = {
  settings: Settings
  worker: Worker
  acknowledge: Acknowledge
  log: Log
}

/** Brings one message to the worker and does with it what the answer says; never rejects. */
export async function deliver(daemon: Daemon, message: Message): Promise<void> {
  const { settings, worker, acknowledge, log } = daemon
  if (isExpired(message, settings)) {
    log('expired-msg', `${message.MessageId} is older than the retention period, deleted`)
    return acknowledge.remove(message)
  }
  const request = toRequest(message, settings, log)
  log('message', `sent to ${settings.httpUrl}${request.path}`)
  const startedAt = performance.now()
  const answer = await worker.post(request)
  // The worker may still be at it, so the message keeps the rest of its visibility.
  if (answer === 'cut') return
  if ('status' in answer && answer.status === 200) return acknowledge.remove(message)
  report(log, message, answer, (performance.now() - startedAt) / 1000)
  const { errorVisibilityTimeoutSeconds } = settings
  if (errorVisibilityTimeoutSeconds === undefined) return
  await acknowledge.release(message, errorVisibilityTimeoutSeconds)
}

/** Counted from the first receive, not from the sending: Amazon's daemon does so. */
function isExpired({ Attributes }: Message, { retentionPeriodSeconds }: Settings) {
  const firstReceivedAt = Number(Attributes?.ApproximateFirstReceiveTimestamp ?? Date.now())
  return Date.now() > firstReceivedAt + retentionPeriodSeconds * 1000
}

function report(
  log: Log,
  { MessageId, Attributes }: Message,
  answer: Exclude<Answer, 'cut'>,
  seconds: number
) {
  const delivery = `${MessageId} (${Attributes?.ApproximateReceiveCount ?? 1})`
  if ('status' in answer) log('http-err', `${delivery} ${answer.status}`, seconds)
  else log('socket-err', `${delivery} ${answer.failure}`, seconds)
}
