import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageCommand
} from '@aws-sdk/client-sqs'
import { startAws } from '../src/local/aws.ts'
import type { StoredMail } from '../src/local/mail-store.ts'
import { buildMailbox } from '../src/local/ses.ts'
import type { Stack } from './stack.ts'

export type StandIns = Awaited<ReturnType<typeof openStandIns>>

const host = '127.0.0.1'

/** SQS, S3 and SES for all scenes, in this process. */
export async function openStandIns() {
  const aws = await startAws(0, 5)
  const { endpoint, region, sqs } = aws
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const s3 = new S3Client({ region, endpoint, credentials, forcePathStyle: true })
  const mailbox = await buildMailbox({})
  const mailboxUrl = await mailbox.listen({ host, port: 0 })

  async function createQueue(QueueName: string, Attributes: Record<string, string> = {}) {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))
    return QueueUrl as string
  }

  return {
    region,
    /** What tells the AWS SDK of the programs where the stand-ins are. */
    environment: {
      AWS_ENDPOINT_URL_SQS: endpoint,
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_ENDPOINT_URL_SES: mailboxUrl
    },

    /** The queues as the stack makes them: that of the jobs, its dead-letter queue, and that of the events of mails. */
    async createQueues(name: string, { maxReceives, queueAttributes }: Stack) {
      const deadUrl = await createQueue(`${name}-dead`)
      const names = { QueueUrl: deadUrl, AttributeNames: ['QueueArn' as const] }
      const found = await sqs.send(new GetQueueAttributesCommand(names))
      const deadLetterTargetArn = found.Attributes?.['QueueArn']
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: maxReceives })
      const queueUrl = await createQueue(name, { ...queueAttributes, RedrivePolicy })
      return { queueUrl, deadUrl, mailEventsUrl: await createQueue(`${name}-mail-events`) }
    },

    async createBucket(name: string) {
      await s3.send(new CreateBucketCommand({ Bucket: name }))
    },

    async send(QueueUrl: string, MessageBody: string) {
      const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))
      return MessageId as string
    },

    /** How many messages are in a queue, whether or not somebody looks at them. */
    async depth(QueueUrl: string): Promise<number> {
      const all = { QueueUrl, AttributeNames: ['All' as const] }
      const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand(all))
      const visible = Number(Attributes['ApproximateNumberOfMessages'])
      return visible + Number(Attributes['ApproximateNumberOfMessagesNotVisible'])
    },

    /** The keys of a bucket. */
    async files(Bucket: string, Prefix: string): Promise<string[]> {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }))
      return Contents.map(({ Key = '' }) => Key)
    },

    async mails(to: string): Promise<StoredMail[]> {
      const found = await fetch(`${mailboxUrl}/mails?to=${encodeURIComponent(to)}`)
      return (await found.json()) as StoredMail[]
    }
  }
}
