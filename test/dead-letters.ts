import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand
} from '@aws-sdk/client-sqs'
import type * as jobs from '../src/queue/job.ts'
import * as messages from '../src/queue/message.ts'
import { type Engine, recordJob } from './engine.ts'

/** What is needed to put messages on the dead-letter queue. */
export type Graveyard = Pick<Engine, 'database' | 'aws'>

/** Puts a message on the dead-letter queue, as SQS does after the last receive; gives its id. */
export async function bury({ aws }: Pick<Graveyard, 'aws'>, body: string): Promise<string> {
  const asked = { QueueUrl: aws.deadLetterQueueUrl, MessageBody: body }
  const { MessageId } = await aws.sqs.send(new SendMessageCommand(asked))
  return String(MessageId)
}

export async function buryJob(yard: Graveyard, job: jobs.Job): Promise<string> {
  const id = await bury(yard, JSON.stringify({ job: job.id }))
  await messages.sent(yard.database, job, id)
  return id
}

/** A job that has failed on the last receive of its message. */
export async function buryFailed(yard: Graveyard, error: string, word?: string): Promise<jobs.Job> {
  const job = await recordJob(yard, word)
  const sqs_message_id = await buryJob(yard, job)
  const columns = { state: 'failed', error, finished_at: Date.now(), attempts: 5 } as const
  await yard.database('jobs').where({ id: job.id }).update(columns)
  return { ...job, ...columns, sqs_message_id }
}

/** How many messages the dead-letter queue has. */
export async function deadCount({ aws }: Pick<Graveyard, 'aws'>): Promise<number> {
  const asked = { QueueUrl: aws.deadLetterQueueUrl, AttributeNames: ['All' as const] }
  const { Attributes = {} } = await aws.sqs.send(new GetQueueAttributesCommand(asked))
  const visible = Number(Attributes['ApproximateNumberOfMessages'])
  return visible + Number(Attributes['ApproximateNumberOfMessagesNotVisible'])
}

/** Somebody looks at a dead letter in the console of AWS. */
export async function peek({ aws }: Pick<Graveyard, 'aws'>) {
  const asked = { QueueUrl: aws.deadLetterQueueUrl, VisibilityTimeout: 0 }
  const { Messages = [] } = await aws.sqs.send(new ReceiveMessageCommand(asked))
  if (Messages.length === 0) throw new Error('There is no dead letter to look at.')
}
