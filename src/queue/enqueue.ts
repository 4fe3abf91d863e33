import * as count from '../metrics/count.ts'
import type { Services } from '../services.ts'
import type { Job } from './job.ts'
import * as messages from './message.ts'
import type { Order } from './order.ts'
import { record } from './record.ts'
import * as spans from './span.ts'

type Line = Pick<Services, 'database' | 'queue' | 'log' | 'underway'>

export type Enqueued = { job: Job; status: 'new' | 'same' | 'conflict' }

/**
 * Records the job, then sends its id: never the reverse, so that a message always finds its row. Does not wait
 * for SQS: once the row is written the job is safe, and if its message is never sent, the sweep sends one.
 * With an idempotency key that was used before: `same` for the same order, `conflict` for another.
 */
export async function enqueue(
  line: Line,
  order: Order,
  idempotencyKey?: string
): Promise<Enqueued> {
  const idempotency_key = idempotencyKey ?? null
  const write = () => record(line.database, { ...order, idempotency_key })
  const { job, isNew } = await spans.recording(order, write)
  if (isNew) {
    count.order(order.kind)
    void line.underway.add(send(line, job))
    return { job, status: 'new' }
  }
  return { job, status: job.payload_hash === order.payload_hash ? 'same' : 'conflict' }
}

/**
 * Puts a job on the queue and gives it with its new message; if that fails, says so in the log,
 * gives the same job and leaves it to the sweep.
 */
export async function send(line: Line, job: Job, delaySeconds = 0): Promise<Job> {
  try {
    const messageId = await spans.sending(job, () => line.queue.send(job.id, delaySeconds))
    await messages.sent(line.database, job, messageId, delaySeconds)
    return { ...job, sqs_message_id: messageId }
  } catch (error) {
    line.log.warn({ err: error, job: job.id }, 'job not sent; the sweep will send it')
    return job
  }
}

/** A job to be sent, and when. */
export type Parcel = { job: Job; delaySeconds: number }

/** The same for as many jobs as one call to SQS takes; gives how many were sent. */
export async function sendBatch({ database, queue, log }: Line, parcels: Parcel[]) {
  try {
    const few = parcels.map(({ job, delaySeconds }) => ({
      job: job.id,
      delaySeconds,
      traceparent: spans.creating(job)
    }))
    const ids = await queue.sendBatch(few)
    const sent = parcels.flatMap((parcel, index) => {
      const messageId = ids[index]
      return messageId ? [{ ...parcel, messageId }] : []
    })
    if (sent.length > 0) await messages.allSent(database, sent)
    return sent.length
  } catch (error) {
    const list = parcels.map(({ job }) => job.id)
    log.warn({ err: error, jobs: list }, 'jobs not sent; the sweep will send them')
    return 0
  }
}
