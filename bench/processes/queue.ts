import './end-with-parent.ts'
import { startAws } from '../../src/local/aws.ts'

/** The stand-in for SQS as a process of its own. */
const { endpoint, queueUrl } = await startAws(0, 1000)
process.send?.({ endpoint, queueUrl })
