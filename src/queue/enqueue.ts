import type { Services } from '../services.ts'
import * as jobs from './job.ts'
import type { Order } from './order.ts'
import { record } from './record.ts'

type Line = Pick<Services, 'database' | 'queue' | 'log'>

export type Enqueued = { job: jobs.Job; status: 'new' | 'same' | 'conflict' }

/**
 * Records the job, then sends its id: never the reverse, so that a message always finds its row.
 * If the sending fails the job is safe all the same, for the sweep sends it again.
 * With an idempotency key that was used before: `same` for the same order, `conflict` for another.
 */
export async function enqueue(
  line: Line,
  order: Order,
  idempotencyKey?: string
): Promise<Enqueued> {
  const idempotency_key = idempotencyKey ?? null
  const { job, isNew } = await record(line.database, { ...order, idempotency_key })
  if (isNew) return { job: await send(line, job), status: 'new' }
  return { job, status: job.payload_hash === order.payload_hash ? 'same' : 'conflict' }
}

/**
 * Puts a job on the queue and gives it with its new message; if that fails, says so in the log,
 * gives the same job and leaves it to the sweep.
 */
export async function send(line: Line, job: jobs.Job, delaySeconds = 0): Promise<jobs.Job> {
  try {
    const messageId = await line.queue.send(job.id, delaySeconds)
    await jobs.sent(line.database, job, messageId)
    return { ...job, sqs_message_id: messageId }
  } catch (error) {
    line.log.warn({ err: error, job: job.id }, 'job not sent; the sweep will send it')
    return job
  }
}
