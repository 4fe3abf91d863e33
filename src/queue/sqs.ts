import {
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient
} from '@aws-sdk/client-sqs'
import { awsPlace } from '../aws.ts'
import type { Config } from '../config.ts'
import { countCalls } from '../metrics/sqs-calls.ts'
import * as trace from '../trace.ts'
import { gather } from './gather.ts'
import type { Periodic } from './periodic.ts'
import { openSideQueue } from './side-queue.ts'

export type Queue = ReturnType<typeof openQueue>

/** The longest that SQS delays a message. */
export const longestDelaySeconds = 900
/** The most messages that one call to SQS sends. */
export const batchSize = 10

/** A call to SQS costs as much with one message as with ten, so calls with fewer don't follow each other at once. */
const pauseMilliseconds = 5

/** Which job a message carries, after how long it becomes visible, and the span that goes on with it, if traces are kept. */
export type Message = { job: number; delaySeconds: number; traceparent?: string | undefined }

/** The queue at `QUEUE_URL`. The body of a message for a job is its id and nothing else: the row is the truth. */
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

  sqs.middlewareStack.add(countCalls, { step: 'initialize' })

  /** How many messages a queue has of each sort (approximately, says SQS). */
  async function countsOf(url: string) {
    const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] })
    const { Attributes = {} } = await sqs.send(command)
    return {
      visible: Number(Attributes['ApproximateNumberOfMessages']),
      inFlight: Number(Attributes['ApproximateNumberOfMessagesNotVisible']),
      delayed: Number(Attributes['ApproximateNumberOfMessagesDelayed'])
    }
  }

  const counts = () => countsOf(QueueUrl)
  const dead = config.DEAD_LETTER_QUEUE_URL

  async function sendOne(message: Message) {
    const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl, ...compose(message) }))
    return MessageId
  }

  async function sendBatch(messages: Message[]): Promise<(string | undefined)[]> {
    const Entries = messages.map((message, index) => ({ Id: String(index), ...compose(message) }))
    const command = new SendMessageBatchCommand({ QueueUrl, Entries })
    const { Successful = [] } = await sqs.send(command)
    const ids = new Map(Successful.map(({ Id, MessageId }) => [Id, MessageId]))
    return Entries.map(({ Id }) => ids.get(Id))
  }

  /** Asks for a run of a periodic task, as Beanstalk's daemon does for each tick; gives the id of the message. */
  async function sendTick({ name, path }: Pick<Periodic, 'name' | 'path'>, scheduledAt: Date) {
    const string = (StringValue: string) => ({ DataType: 'String', StringValue })
    const [day = '', clock = ''] = scheduledAt.toISOString().split(/[T.]/)
    const message = {
      QueueUrl,
      MessageBody: 'elasticbeanstalk scheduled job',
      MessageAttributes: {
        'beanstalk.sqsd.path': string(path),
        'beanstalk.sqsd.task_name': string(name),
        'beanstalk.sqsd.scheduled_time': string(`${day} ${clock} UTC`)
      }
    }
    const { MessageId } = await sqs.send(new SendMessageCommand(message))
    return MessageId
  }

  return {
    /** Puts the id of a job on the queue; gives the id of the message. Those of the same moment share calls to SQS. */
    send: shareCalls(sendOne, sendBatch),

    /** Sends ten at most; gives the ids of their messages, none where SQS refused one. */
    sendBatch,

    sendTick,

    counts,

    /** How many messages there are in all. */
    async depth(): Promise<number> {
      return sum(await counts())
    },

    /** How many dead letters there are, with those that are being looked at; nothing where there is no such queue. */
    async deadLetterDepth(): Promise<number | undefined> {
      return dead === '' ? undefined : sum(await countsOf(dead))
    },

    /** The messages that were delivered too often. */
    deadLetters: openSideQueue(sqs, dead),

    /** What SES tells of mails. */
    mailEvents: openSideQueue(sqs, config.MAIL_EVENTS_QUEUE_URL),

    close() {
      sqs.destroy()
    }
  }
}

/** sqsd gives an attribute to the worker as a header, which must have no "_": X-Aws-Sqsd-Attr-Traceparent. */
function compose({ job, delaySeconds, traceparent }: Message) {
  const MessageAttributes = { Traceparent: { DataType: 'String', StringValue: traceparent } }
  return {
    MessageBody: JSON.stringify({ job }),
    DelaySeconds: delaySeconds,
    ...(traceparent && { MessageAttributes })
  }
}

function sum({ visible, inFlight, delayed }: Record<'visible' | 'inFlight' | 'delayed', number>) {
  return visible + inFlight + delayed
}

type Sent = string | undefined

/** What sends one message, together with those of the same moment. */
export function shareCalls(
  sendOne: (message: Message) => Promise<Sent>,
  sendBatch: (messages: Message[]) => Promise<Sent[]>
) {
  const sendGathered = gather(
    async (few: Message[]) =>
      few.length === 1 ? [await sendOne(few[0] as Message)] : await sendBatch(few),
    batchSize,
    pauseMilliseconds
  )
  return async (job: number, delaySeconds = 0): Promise<string> => {
    const messageId = await sendGathered({ job, delaySeconds, traceparent: trace.parent() })
    if (!messageId) throw new Error('SQS refused the message, and took others of the same call.')
    return messageId
  }
}
