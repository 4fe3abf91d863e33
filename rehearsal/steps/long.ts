import { deliveriesOf, finished, misdelivered, started, told } from '../job.ts'
import { orderNap } from '../order.ts'
import { watch } from '../scene.ts'
import type { Scenes } from '../scenes.ts'
import { together } from '../together.ts'

/** A second more than nginx waits where nobody has told it to wait longer. */
const seconds = 61

/** A longer job than nginx allows by itself: delivered once. Without our file it comes twice. */
export async function longJob({ long, bare }: Pick<Scenes, 'long' | 'bare'>) {
  const [job, twin] = await together([orderNap(long, { seconds }), orderNap(bare, { seconds })])
  await together([started(long, job), started(bare, twin)])
  await finished(long, job, seconds + 10)
  const isRepeated = () => deliveriesOf(bare, twin.sqs_message_id).length > 1
  await watch(bare, 'without our nginx file the job comes twice', isRepeated, seconds + 50)

  // As long as the other needed to come twice, so this one has had the time to.
  const deliveries = deliveriesOf(long, job.sqs_message_id)
  if (deliveries.length !== 1 || deliveries[0]?.status !== 200)
    throw misdelivered(long, `It should be delivered once, with 200, and was: ${told(deliveries)}.`)
  const without = deliveriesOf(bare, twin.sqs_message_id)
  if (without[0]?.status !== 504)
    throw misdelivered(bare, `Without our file, 504 should come first: ${told(without)}.`)
  return `${told(deliveries)}; without the nginx file: ${told(without)}`
}
