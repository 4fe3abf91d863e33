import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { awsPlace } from '../aws.ts'
import type { Config } from '../config.ts'

export type Queue = ReturnType<typeof openQueue>

/** The longest that SQS delays a message. */
export const longestDelaySeconds = 900

/** The queue at `QUEUE_URL`. Its messages carry a job's id and nothing else: the row is the truth. */
export function openQueue(config: Config) {
  const QueueUrl = config.QUEUE_URL
  const sqs = new SQSClient({
    ...awsPlace(config, 'SQS'),
    useQueueUrlAsEndpoint: false,
    requestHandler: { connectionTimeout: 2000, requestTimeout: 5000, throwOnRequestTimeout: true }
  })
  return {
    /** Puts the id of a job on the queue; gives the id of the message. */
    async send(jobId: number, delaySeconds = 0): Promise<string> {
      const MessageBody = JSON.stringify({ job: jobId })
      const message = { QueueUrl, MessageBody, DelaySeconds: delaySeconds }
      const { MessageId } = await sqs.send(new SendMessageCommand(message))
      return MessageId as string
    },

    /** How many messages there are: visible, in flight and delayed (approximately, says SQS). */
    async depth(): Promise<number> {
      const AttributeNames = depths.map(name => name)
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames })
      )
      return depths.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0)
    },

    close() {
      sqs.destroy()
    }
  }
}

const depths = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed'
] as const
