import { GetQueueAttributesCommand, PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { Stage } from './stage.ts'

export type Operator = ReturnType<typeof openOperator>

/** The person in charge, who has the console of SQS, and the dashboard. */
export function openOperator({ queue, web }: Pick<Stage, 'queue' | 'web'>) {
  const QueueUrl = queue.QUEUE_URL
  const sqs = new SQSClient({
    region: queue.AWS_REGION,
    endpoint: queue.AWS_ENDPOINT_URL_SQS,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    useQueueUrlAsEndpoint: false
  })
  return {
    /** How many messages there are of each sort. */
    async counts() {
      const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] })
      const { Attributes = {} } = await sqs.send(command)
      return {
        visible: Number(Attributes['ApproximateNumberOfMessages']),
        inFlight: Number(Attributes['ApproximateNumberOfMessagesNotVisible']),
        delayed: Number(Attributes['ApproximateNumberOfMessagesDelayed'])
      }
    },

    /** Deletes every message: those that wait, are delayed, and are in flight. */
    async purge() {
      await sqs.send(new PurgeQueueCommand({ QueueUrl }))
    },

    /** Has a failed job done again, by the button of the dashboard. */
    async retry(id: number) {
      const basic = Buffer.from('operator:local').toString('base64')
      const answer = await fetch(`${web.url}/dashboard/jobs/${id}/retry`, {
        method: 'POST',
        headers: { authorization: `Basic ${basic}`, 'sec-fetch-site': 'same-origin' },
        redirect: 'manual'
      })
      const location = answer.headers.get('location')
      if (answer.status !== 303 || !location?.includes(`retry-${id}`))
        throw new Error(`The dashboard answered ${answer.status} to a retry of job ${id}.`)
    },

    close() {
      sqs.destroy()
    }
  }
}
