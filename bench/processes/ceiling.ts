import './end-with-parent.ts'
import { DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'

/** No work at all: eight loops that receive ten and delete ten, the most that the queue gives. */
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false })
const QueueUrl = process.env['QUEUE_URL'] as string
process.send?.({})
for (let n = 0; n < 8; n += 1) loop()

async function loop(): Promise<void> {
  const query = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 20 }
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(query))
  const Entries = Messages.map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle }))
  if (Entries.length > 0) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }))
  return loop()
}
