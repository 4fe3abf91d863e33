import './end-with-parent.ts'
import { startAws } from '../../src/local/aws.ts'
import { buildMailbox } from '../../src/local/ses.ts'

/** The stand-ins for SQS, S3 and SES as a process of their own. */
const { endpoint, queueUrl, deadLetterQueueUrl } = await startAws(0, 5)
const mailbox = await buildMailbox({})
const mailboxUrl = await mailbox.listen({ host: '127.0.0.1', port: 0 })
process.send?.({ endpoint, queueUrl, deadLetterQueueUrl, mailboxUrl })
