import './end-with-parent.ts'
import { SQSClient } from '@aws-sdk/client-sqs'
import { Consumer } from 'sqs-consumer'
import { handle } from './handler.ts'

/** One consumer with a batch of 10, the work in its own process. */
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false })
const queueUrl = process.env['QUEUE_URL'] as string
Consumer.create({
  queueUrl,
  sqs,
  batchSize: 10,
  async handleMessage(message) {
    await handle(message.Body ?? '')
    return message
  }
}).start()
process.send?.({})
