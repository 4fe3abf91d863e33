import type { Config } from './config.ts'

type Service = 'SQS' | 'S3' | 'SES'

/** A stand-in asks for no credentials, and must never see real ones. */
const standInCredentials = { accessKeyId: 'local', secretAccessKey: 'local' }

/**
 * Where a client of the AWS SDK finds its service: the region, or another address from
 * `AWS_ENDPOINT_URL_…`. On AWS the SDK finds the credentials by itself (the instance's role).
 */
export function awsPlace(config: Config, service: Service) {
  const endpoint = config[`AWS_ENDPOINT_URL_${service}`]
  const region = config.AWS_REGION
  if (!endpoint) return { region }
  const isStandIn = ['127.0.0.1', 'localhost'].includes(new URL(endpoint).hostname)
  return { region, endpoint, ...(isStandIn ? { credentials: standInCredentials } : {}) }
}
