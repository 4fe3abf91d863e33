import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  SQSClient
} from '@aws-sdk/client-sqs'
import { buildApp } from 'fauxqs'

export type LocalAws = Awaited<ReturnType<typeof startAws>>

const region = 'ap-northeast-1'
const bucket = 'beanline-files'

/**
 * A stand-in for SQS and S3 on 127.0.0.1, in memory: what is on the queue is forgotten with the
 * process. It has the queues `beanline-jobs` and `beanline-mail-events`, their dead-letter queues, and the bucket
 * `beanline-files`.
 */
export async function startAws(port: number, maxReceives: number) {
  const app = buildApp({ logger: false, defaultRegion: region })
  await app.listen({ host: '127.0.0.1', port })
  const { port: bound } = app.server.address() as { port: number }
  const endpoint = `http://127.0.0.1:${bound}`
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const sqs = new SQSClient({ region, endpoint, credentials, useQueueUrlAsEndpoint: false })
  const s3 = new S3Client({ region, endpoint, credentials, forcePathStyle: true })
  const jobs = await createQueues(sqs, 'beanline-jobs', maxReceives)
  const events = await createQueues(sqs, 'beanline-mail-events', 5)
  await s3.send(new CreateBucketCommand({ Bucket: bucket }))
  return {
    endpoint,
    region,
    queueUrl: jobs.url,
    deadLetterQueueUrl: jobs.deadUrl,
    mailEventsQueueUrl: events.url,
    sqs,
    /** What SES does with an event of a mail, by way of SNS. */
    publishMailEvent: async (MessageBody: string) =>
      await sqs.send(new SendMessageCommand({ QueueUrl: events.url, MessageBody })),
    async close() {
      s3.destroy()
      sqs.destroy()
      await app.close()
    }
  }
}

/** A queue and its dead-letter queue. */
async function createQueues(sqs: SQSClient, QueueName: string, maxReceiveCount: number) {
  const dead = await sqs.send(new CreateQueueCommand({ QueueName: `${QueueName}-dead` }))
  const QueueUrl = dead.QueueUrl
  const attributes = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] })
  )
  const redrive = { deadLetterTargetArn: attributes.Attributes?.['QueueArn'], maxReceiveCount }
  const Attributes = { VisibilityTimeout: '720', RedrivePolicy: JSON.stringify(redrive) }
  const made = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))
  return { url: made.QueueUrl as string, deadUrl: dead.QueueUrl as string }
}
