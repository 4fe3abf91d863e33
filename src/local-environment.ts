import { join, resolve } from 'node:path'
import type { LocalConfig } from './config.ts'
import { leaseSeconds } from './queue/job.ts'

export const host = '127.0.0.1'
export const maxReceives = 5
export const inactivityTimeoutSeconds = 630
/** Five receives must outlast a lease, or the message of a job whose worker died is used up before it ends. */
export const errorVisibilityTimeoutSeconds = Math.ceil(leaseSeconds / (maxReceives - 1))

type Aws = Record<'endpoint' | 'queueUrl' | 'deadLetterQueueUrl' | 'mailEventsQueueUrl', string>

/** What the stand-in for SQS and S3 of a line that runs on this machine calls its places. */
export function localAws(port: number): Aws {
  const queues = `http://sqs.ap-northeast-1.localhost:${port}/000000000000`
  return {
    endpoint: `http://${host}:${port}`,
    queueUrl: `${queues}/beanline-jobs`,
    deadLetterQueueUrl: `${queues}/beanline-jobs-dead`,
    mailEventsQueueUrl: `${queues}/beanline-mail-events`
  }
}

/** The variables of the tiers of a local line. */
export function tierEnvironment(local: LocalConfig, aws: Aws, ses: string) {
  const data = resolve(local.DATA_DIR)
  return {
    DATABASE_URL: `sqlite:${join(data, 'beanline.sqlite')}`,
    STORAGE_URL: `file:${join(data, 'files')}`,
    QUEUE_URL: aws.queueUrl,
    DEAD_LETTER_QUEUE_URL: aws.deadLetterQueueUrl,
    MAIL_EVENTS_QUEUE_URL: aws.mailEventsQueueUrl,
    MAIL_CONFIGURATION_SET: 'beanline',
    MAX_RECEIVES: String(maxReceives),
    SQSD_INACTIVITY_TIMEOUT: String(inactivityTimeoutSeconds),
    SQSD_ERROR_VISIBILITY_TIMEOUT: String(errorVisibilityTimeoutSeconds),
    MAIL_FROM: 'Beanline <noreply@beanline.example>',
    PUBLIC_URL: `http://${host}:${local.PORT}`,
    WEBHOOK_ALLOW: '127.0.0.1/32',
    API_KEYS: 'local',
    OPERATOR_PASSWORD: 'local',
    VIEWER_PASSWORD: 'look',
    METRICS_TOKEN: 'local',
    AWS_ENDPOINT_URL_SQS: aws.endpoint,
    AWS_ENDPOINT_URL_S3: aws.endpoint,
    AWS_ENDPOINT_URL_SES: ses
  }
}
