import * as trace from '../trace.ts'
import type { Job } from './job.ts'
import type { Order } from './order.ts'

/** What the engine tells of a job where traces are kept; elsewhere each of these is its work and no more. */

export function recording<Value>({ kind }: Order, work: () => Promise<Value>) {
  return trace.span('record job', { attributes: { 'beanline.job.kind': kind } }, work)
}

/** `work` gives the id of the message. */
export function sending(job: Job, work: () => Promise<string>) {
  return trace.span('send job', aboutMessage(job, 'send', job.fencing_token > 0), async () => {
    const id = await work()
    trace.note({ 'messaging.message.id': id })
    return id
  })
}

/** What one message of many carries that are sent together. */
export function creating(job: Job): string | undefined {
  const span = trace.open('create message', aboutMessage(job, 'create', true))
  span?.end()
  return span?.parent
}

export function attempting<Value>({ id, kind, attempts }: Job, work: () => Promise<Value>) {
  const attributes = { ...aboutJob({ id, kind }), 'beanline.attempt': attempts }
  return trace.span(`attempt ${kind}`, { attributes }, work)
}

const aboutJob = ({ id, kind }: Pick<Job, 'id' | 'kind'>) => ({
  'beanline.job.id': id,
  'beanline.job.kind': kind
})

/**
 * An order goes on with its message. What is sent later, by a retry or the sweep, is another story: a trace of its own,
 * with a link to what has sent it.
 */
function aboutMessage(job: Job, operation: 'send' | 'create', isOwnTrace: boolean): trace.About {
  return {
    kind: 'producer',
    isOwnTrace,
    attributes: {
      'messaging.system': 'aws_sqs',
      'messaging.operation.type': operation,
      'messaging.operation.name': operation,
      ...aboutJob(job)
    }
  }
}
