import { setTimeout as wait } from 'node:timers/promises'
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  type Message,
  type SQSClient
} from '@aws-sdk/client-sqs'
import { lostMilliseconds, within } from './limit.ts'
import type { Log } from './log.ts'
import type { Settings } from './settings.ts'

export type Acknowledge = ReturnType<typeof openAcknowledge>

/** The most messages that one call to SQS deletes. */
const batch = 10
/** Amazon's daemon waits 2 s; the shorter the wait, the fewer finished jobs a crash repeats. */
const longestWaitMilliseconds = 200
/** A refused delete repeats a finished job, so it is asked for again, after so long. */
const pauses = [500, 1000]

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
    const deletion = removeAll(messages).finally(() => deleting.delete(deletion))
    deleting.add(deletion)
  }

  async function removeAll(messages: Message[]): Promise<void> {
    let left = await remove(messages)
    for (const pause of pauses) {
      if (left.length === 0) return
      await wait(pause)
      left = await remove(left)
    }
    if (left.length > 0) log('delete', `${left.length} messages not deleted, they will come again`)
  }

  /** Gives the messages that SQS did not delete. */
  async function remove(messages: Message[]): Promise<Message[]> {
    try {
      return await ask(messages)
    } catch (error) {
      log('delete', `${messages.length} messages failed: ${error}`)
      return messages
    }
  }

  async function ask(messages: Message[]): Promise<Message[]> {
    const Entries = messages.map(({ ReceiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle
    }))
    const command = new DeleteMessageBatchCommand({ QueueUrl, Entries })
    const { Failed = [] } = await within(lostMilliseconds, options => sqs.send(command, options))
    return Failed.flatMap(({ Id, Message: reason }) => {
      const message = messages[Number(Id)]
      log('delete', `${message?.MessageId} failed: ${reason}`)
      return message ?? []
    })
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
        const command = new ChangeMessageVisibilityCommand(change)
        await within(lostMilliseconds, options => sqs.send(command, options))
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
