import * as jobs from './job.ts'
import type { Line } from './perform.ts'
import type { DeadLetter } from './sqs.ts'

/** How many dead letters there were: of jobs that failed for it, and stale ones that were dropped. */
export type Examined = { seen: number; failed: number; dropped: number }

/** Rounds of ten in one run; the rest is looked at in the next. */
const mostRounds = 100

/**
 * Looks through the dead-letter queue. A message whose job is over, or has another message by now, is
 * stale and dropped. A job that still waits for the message it lost fails, with the reason, for the
 * operator to retry; its message stays, so that the alarm stays on.
 */
export async function examineDeadLetters(line: Line): Promise<Examined> {
  const examined = { seen: 0, failed: 0, dropped: 0 }
  for (let round = 0; round < mostRounds; round += 1) {
    const letters = await line.queue.deadLetters()
    if (letters.length === 0) break
    for (const letter of letters) {
      examined.seen += 1
      const fate = await examine(line, letter)
      if (fate !== 'kept') examined[fate] += 1
    }
  }
  return examined
}

async function examine(line: Line, letter: DeadLetter): Promise<'failed' | 'dropped' | 'kept'> {
  const job = await jobOf(line, letter)
  if (!job || job.state === 'failed' || job.state === 'running') return 'kept'
  const isOver = !['waiting', 'retrying'].includes(job.state)
  if (isOver || job.sqs_message_id !== letter.messageId) {
    await line.queue.dropDeadLetter(letter)
    return 'dropped'
  }
  const isBuried = await jobs.bury(line.database, job, reasonFor(job, letter))
  if (!isBuried) return 'kept'
  line.log.error({ job: job.id, kind: job.kind }, 'job failed; its message is dead')
  line.announcer?.announce(job)
  return 'failed'
}

async function jobOf({ database }: Line, { body }: DeadLetter) {
  const id = Number(/^\s*\{\s*"job"\s*:\s*(\d{1,15})\b/.exec(body)?.[1])
  return id > 0 ? await jobs.find(database, id) : undefined
}

function reasonFor({ error }: jobs.Job, { receives }: DeadLetter) {
  const reason = `Its message was delivered ${receives} times for nothing and is in the dead-letter queue: the workers were away or answered with an error. Retry it when the cause is gone.`
  return [reason, ...(error ? [error] : [])].join('\n').slice(0, 4000)
}
