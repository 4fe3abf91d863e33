import { checkState, deliveriesOf, misdelivered } from '../job.ts'
import { orderNap } from '../order.ts'
import { watch } from '../scene.ts'
import type { Scenes } from '../scenes.ts'

/** Two messages that never succeed: work that fails each time, and no message of ours at all. */
export async function poison({ long }: Pick<Scenes, 'long'>) {
  const { standIns, stack } = long.stage
  const { maxReceives } = stack
  const job = await orderNap(long, { seconds: 0, fails: true })
  const noiseId = await standIns.send(long.queueUrl, 'not a message of ours')
  const areDead = async () => (await standIns.depth(long.deadUrl)) === 2
  await watch(long, 'both messages are in the dead-letter queue', areDead, 240)
  const expected = Array.from({ length: maxReceives }, (_, n) => n + 1).join(' ')
  for (const id of [job.sqs_message_id, noiseId]) {
    const receives = deliveriesOf(long, id).map(({ receive }) => receive)
    if (receives.join(' ') !== expected)
      throw misdelivered(
        long,
        `The receives should be ${expected}, and were ${receives.join(' ')}.`
      )
  }
  await checkState(long, job, 'failed', 'After the last receive')
  return `after ${maxReceives} receives each; the job is failed`
}
