import { now } from './clock.ts'
import * as jobs from './job.ts'
import * as letters from './letter.ts'
import type { Line } from './perform.ts'
import { lookSeconds, type Message } from './side-queue.ts'

/** How many dead letters there were: of jobs that failed for it, and stale ones that were dropped. */
export type Examined = { seen: number; failed: number; dropped: number }

type Fate = 'failed' | 'dropped' | 'kept'

/** Rounds of ten in one run; the rest is looked at in the next. */
const mostRounds = 100
/** The same while somebody waits for it. */
const fewRounds = 20
/** For the clocks of a tier and of SQS, and a look that takes its time. */
const marginSeconds = 60

/**
 * Looks through the dead-letter queue, and keeps what it sees in `dead_letters`. A message whose job is over, or has
 * another message by now, is stale and dropped. A job that still waits for the message it lost fails, with the
 * reason, for the operator to retry; its message stays, so that the alarm stays on.
 */
export const examineDeadLetters = (line: Line): Promise<Examined> => look(line, mostRounds)

/** The same with 200 at most, for whoever waits to see them. */
export const glance = (line: Line): Promise<Examined> => look(line, fewRounds)

async function look(line: Line, rounds: number): Promise<Examined> {
  const examined = { seen: 0, failed: 0, dropped: 0 }
  const beganAt = now(line.database)
  for (let round = 0; round < rounds; round += 1) {
    const few = await line.queue.deadLetters.look()
    if (few.length === 0) {
      // What is there, and was not seen now, is hidden since a look that was not long ago.
      await letters.forget(line.database, beganAt - (lookSeconds + marginSeconds) * 1000)
      break
    }
    const discarded = await letters.discardedAmong(line.database, few)
    for (const found of few) {
      examined.seen += 1
      // SQS goes on counting where somebody looks at the dead-letter queue.
      const letter = { ...found, receives: Math.min(found.receives, line.config.MAX_RECEIVES) }
      const fate = await examine(line, letter, discarded.has(letter.messageId))
      if (fate !== 'kept') examined[fate] += 1
    }
  }
  return examined
}

async function examine(line: Line, letter: Message, isDiscarded: boolean): Promise<Fate> {
  const job = await jobOf(line, letter)
  const fate = isDiscarded ? await drop(line, letter) : await decide(line, letter, job)
  if (fate === 'dropped') return fate
  const error = fate === 'failed' && job && reasonFor(job, letter)
  await letters.see(line.database, letter, error ? { ...job, error } : job)
  return fate
}

async function decide(line: Line, letter: Message, job?: jobs.Job): Promise<Fate> {
  if (!job || job.state === 'running') return 'kept'
  const isOver = ['finished', 'discarded', 'cancelled'].includes(job.state)
  if (isOver || job.sqs_message_id !== letter.messageId) return await drop(line, letter)
  if (job.state === 'failed') return 'kept'
  const isBuried = await jobs.bury(line.database, job, reasonFor(job, letter))
  if (!isBuried) return 'kept'
  line.log.error({ job: job.id, kind: job.kind }, 'job failed; its message is dead')
  line.announcer?.announce(job)
  return 'failed'
}

async function drop({ queue, database }: Line, letter: Message): Promise<'dropped'> {
  await queue.deadLetters.drop(letter)
  await letters.remove(database, [letter.messageId])
  return 'dropped'
}

async function jobOf({ database }: Line, { body }: Message) {
  const id = idIn(body)
  return id && id > 0 ? await jobs.find(database, id) : undefined
}

/** As the worker reads it: what it can't read never began a job, and is not to be dropped as a message of one. */
function idIn(body: string): number | undefined {
  try {
    const id: unknown = JSON.parse(body)?.job
    return Number.isSafeInteger(id) ? (id as number) : undefined
  } catch {
    return undefined
  }
}

function reasonFor({ error }: jobs.Job, { receives }: Message) {
  const reason = `Its message was delivered ${receives} times for nothing and is in the dead-letter queue: the workers were away or answered with an error. Retry it when the cause is gone.`
  return [reason, ...(error ? [error] : [])].join('\n').slice(0, 4000)
}
