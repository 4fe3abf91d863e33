import {
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient
} from '@aws-sdk/client-sqs'
import { awsPlace } from '../aws.ts'
import type { Config } from '../config.ts'

export type Queue = ReturnType<typeof openQueue>

/** The longest that SQS delays a message. */
export const longestDelaySeconds = 900
/** The most messages that one call to SQS sends. */
export const batchSize = 10

/** Which job a message carries, and after how long it becomes visible. */
export type Message = { job: number; delaySeconds: number }

/** The queue at `QUEUE_URL`. Its messages carry a job's id and nothing else: the row is the truth. */
export function openQueue(config: Config) {
  const QueueUrl = config.QUEUE_URL
  const sqs = new SQSClient({
    ...awsPlace(config, 'SQS'),
    useQueueUrlAsEndpoint: false,
    // A person waits for the answer, and the sweep sends what was not sent: no second try. The sweep
    // gives a sending 5 s before it takes the job for unsent.
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 2000, requestTimeout: 4000, throwOnRequestTimeout: true }
  })

  /** How many messages there are of each sort (approximately, says SQS). */
  async function counts() {
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] })
    const { Attributes = {} } = await sqs.send(command)
    return {
      visible: Number(Attributes['ApproximateNumberOfMessages']),
      inFlight: Number(Attributes['ApproximateNumberOfMessagesNotVisible']),
      delayed: Number(Attributes['ApproximateNumberOfMessagesDelayed'])
    }
  }

  return {
    /** Puts the id of a job on the queue; gives the id of the message. */
    async send(jobId: number, delaySeconds = 0): Promise<string> {
      const MessageBody = JSON.stringify({ job: jobId })
      const message = { QueueUrl, MessageBody, DelaySeconds: delaySeconds }
      const { MessageId } = await sqs.send(new SendMessageCommand(message))
      return MessageId as string
    },

    /** Sends ten at most; gives the ids of their messages, none where SQS refused one. */
    async sendBatch(messages: Message[]): Promise<(string | undefined)[]> {
      const Entries = messages.map(({ job, delaySeconds }, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify({ job }),
        DelaySeconds: delaySeconds
      }))
      const command = new SendMessageBatchCommand({ QueueUrl, Entries })
      const { Successful = [] } = await sqs.send(command)
      const ids = new Map(Successful.map(({ Id, MessageId }) => [Id, MessageId]))
      return Entries.map(({ Id }) => ids.get(Id))
    },

    counts,

    /** How many messages there are in all. */
    async depth(): Promise<number> {
      const { visible, inFlight, delayed } = await counts()
      return visible + inFlight + delayed
    },

    close() {
      sqs.destroy()
    }
  }
}
