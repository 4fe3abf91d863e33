import {
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type SQSClient
} from '@aws-sdk/client-sqs'

/** A message of such a queue. */
export type Message = {
  /** What deletes it; each look gives it another, and only the latest is sure to. */
  handle: string
  messageId: string
  body: string
  receives: number
  /** When it was first put on a queue, in milliseconds since 1970. */
  sentAt: number
}

type Handle = Pick<Message, 'handle'>

/** How long a message is hidden from the next look, in seconds: longer than one look takes. */
export const lookSeconds = 120
const asked = {
  MaxNumberOfMessages: 10,
  VisibilityTimeout: lookSeconds,
  // With a wait SQS asks all its servers; without one, a queue that is not empty may seem so.
  WaitTimeSeconds: 1,
  MessageSystemAttributeNames: ['ApproximateReceiveCount' as const, 'SentTimestamp' as const]
}

/** A queue that a periodic task looks through, beside that of sqsd. Without a URL it is always empty. */
export function openSideQueue(sqs: SQSClient, QueueUrl: string) {
  return {
    /** Ten messages at most, each of which comes up again after two minutes. */
    async look(): Promise<Message[]> {
      if (QueueUrl === '') return []
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, ...asked }))
      return Messages.map(({ ReceiptHandle = '', MessageId = '', Body = '', Attributes }) => ({
        handle: ReceiptHandle,
        messageId: MessageId,
        body: Body,
        receives: Number(Attributes?.ApproximateReceiveCount),
        sentAt: Number(Attributes?.SentTimestamp ?? 0)
      }))
    },

    async drop({ handle }: Handle) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: handle }))
    },

    /** Ten at most. One that SQS does not delete comes again. */
    async dropAll(messages: Handle[]) {
      if (messages.length === 0) return
      const Entries = messages.map(({ handle }, index) => ({
        Id: String(index),
        ReceiptHandle: handle
      }))
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }))
    }
  }
}
