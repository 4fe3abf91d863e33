import './end-with-parent.ts'
import { SQS } from '@aws-sdk/client-sqs'
import { type Message, Squiss } from 'squiss-ts'
import { handle } from './handler.ts'

/** As many messages in flight as sqsd has by default, the work in its own process. */
const squiss = new Squiss({
  SQS: new SQS({ useQueueUrlAsEndpoint: false }),
  queueUrl: process.env['QUEUE_URL'] as string,
  maxInFlight: 50,
  receiveBatchSize: 10,
  receiveWaitTimeSecs: 20,
  bodyFormat: 'plain'
})
squiss.on('message', async (message: Message) => {
  await handle(message.body as string)
  message.del()
})
await squiss.start()
process.send?.({})
