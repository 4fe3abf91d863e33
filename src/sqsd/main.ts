import { SQSClient } from '@aws-sdk/client-sqs'
import { startSqsd } from './daemon.ts'
import { readEnvironment } from './environment.ts'

/** `npm run sqsd`: the daemon by itself. Region, credentials and endpoint are the AWS SDK's own variables. */
async function start() {
  const settings = readEnvironment(process.env)
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false })
  await sqs.config.region().catch(() => {
    throw new Error('AWS_REGION is not set: set it to the region of the queue, as ap-northeast-1.')
  })
  const daemon = await startSqsd(settings, { sqs })
  let isStopping = false
  const stop = async () => {
    if (isStopping) process.exit(1)
    isStopping = true
    await daemon.stop()
    sqs.destroy()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

start().catch(error => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
