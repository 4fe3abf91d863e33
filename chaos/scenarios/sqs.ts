import { setTimeout } from 'node:timers/promises'
import { cutAfter, cutBefore, draw, refuse, slow } from '../fault.ts'
import type { Scenario } from '../scenario.ts'

const faults = 'duplicate=0.15,late=0.15,reorder=0.2,lose-delete=0.15,slow=0.1,refuse=0.05'

/**
 * Within what SQS promises, and what a network does to it: sqsd sees its messages twice, late and out of
 * order, and its deletes are forgotten; who sends is refused, or not told.
 */
export const sqs: Scenario = {
  name: 'sqs',
  title: 'SQS is slow, refuses (500, 403), duplicates, reorders, forgets deletes and loses answers',
  kind: 'invoice',
  jobs: 300,
  seconds: 30,
  settings: { sqsd: ['--faults', faults] },
  // Deletes that are forgotten use up receives, but a job whose message is dead has finished before.
  async play({ relays: { sqs } }, random, seconds) {
    const isSending = ({ action }: { action: string }) => action.startsWith('SQS SendMessage')
    const chances = [
      [0.15, refuse(500)],
      [0.1, refuse(403, '{"__type":"com.amazon.coral.service#AccessDeniedException"}')],
      [0.05, cutBefore],
      [0.1, cutAfter],
      [0.1, slow(1500)],
      // Longer than a sender waits: the message is there, and its sender thinks that it is not.
      [0.05, slow(5000)]
    ] as const
    sqs.meddle(draw(random, chances, isSending))
    await setTimeout(seconds * 1000)
    sqs.meddle()
  }
}
