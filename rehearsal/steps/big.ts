import { deliveriesOf, finished, misdelivered, told } from '../job.ts'
import { orderNapIn } from '../order.ts'
import { watch } from '../scene.ts'
import type { Scenes } from '../scenes.ts'

/** The largest message that SQS takes, in bytes. */
const largest = 1_048_576

/** A message as large as SQS takes. */
export async function bigMessage({ line }: Pick<Scenes, 'line'>) {
  const job = await orderNapIn(line, { seconds: 0 }, paddedMessage)
  await finished(line, job, 20)
  const seen = () => deliveriesOf(line, job.sqs_message_id)
  // nginx writes its log after the answer.
  await watch(line, 'the delivery is in the log of nginx', () => seen().length > 0, 10)
  const deliveries = seen()
  if (deliveries.length !== 1)
    throw misdelivered(line, `It should be delivered once: ${told(deliveries)}.`)
  return `${largest} bytes, ${told(deliveries)}`
}

/** The message of a job, as large as a message may be. */
export function paddedMessage(job: number): string {
  const [head, tail] = [`{"job":${job},"padding":"`, '"}']
  return head + 'x'.repeat(largest - head.length - tail.length) + tail
}
