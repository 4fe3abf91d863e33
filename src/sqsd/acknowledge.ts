import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  type Message,
  type SQSClient
} from '@aws-sdk/client-sqs'
import type { Log } from './log.ts'
import type { Settings } from './settings.ts'

export type Acknowledge = ReturnType<typeof openAcknowledge>

/** The most messages that one call to SQS deletes. */
const batch = 10
/** Amazon's daemon waits 2 s; the shorter the wait, the fewer finished jobs a crash repeats. */
const longestWaitMilliseconds = 200

/** Tells SQS what became of a message: gone, or visible again in so many seconds. */
export function openAcknowledge(sqs: SQSClient, { queueUrl: QueueUrl }: Settings, log: Log) {
  let done: Message[] = []
  let timer: NodeJS.Timeout | undefined
  const deleting = new Set<Promise<void>>()

  function flush() {
    clearTimeout(timer)
    timer = undefined
    const messages = done
    done = []
    if (messages.length === 0) return
    const deletion = remove(messages).finally(() => deleting.delete(deletion))
    deleting.add(deletion)
  }

  async function remove(messages: Message[]) {
    const Entries = messages.map(({ ReceiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle
    }))
    try {
      const { Failed = [] } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }))
      for (const { Id, Message: reason } of Failed)
        log('delete', `${messages[Number(Id)]?.MessageId} failed: ${reason}`)
    } catch (error) {
      log('delete', `${messages.length} messages not deleted, they will come again: ${error}`)
    }
  }

  return {
    /** Deletes the message, together with others that are done at about the same time. */
    remove(message: Message) {
      done.push(message)
      if (done.length === batch) flush()
      else timer ??= setTimeout(flush, longestWaitMilliseconds)
    },

    /** Makes the message visible again after so many seconds. */
    async release({ MessageId, ReceiptHandle }: Message, seconds: number) {
      const change = { QueueUrl, ReceiptHandle, VisibilityTimeout: seconds }
      try {
        await sqs.send(new ChangeMessageVisibilityCommand(change))
      } catch (error) {
        log('visibility', `${MessageId} comes again when its visibility times out: ${error}`)
      }
    },

    /** Waits until SQS has heard everything. */
    async close() {
      flush()
      await Promise.all(deleting)
    }
  }
}
