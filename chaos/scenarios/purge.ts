import { setTimeout } from 'node:timers/promises'
import { until } from '../../rehearsal/until.ts'
import { draw, errorXml, refuse } from '../fault.ts'
import { openOperator } from '../operator.ts'
import type { Scenario } from '../scenario.ts'

const purges = 2
/** Of each sort, so that a purge takes messages that wait, are in flight, and are delayed. */
const fewest = 5
/** The sweep takes no message for lost before; see queue/sweep.ts. */
const lostSeconds = 120

/** SES throttles, so that some jobs wait for their time by a delayed message. */
export const purge: Scenario = {
  name: 'purge',
  title: 'the queue is purged twice, of messages that wait, are in flight, and are delayed',
  kind: 'note',
  // More than the workers can do meanwhile, so that the queue is long when it is purged.
  jobs: 500,
  milliseconds: 700,
  seconds: 25,
  stillSeconds: lostSeconds + 60,
  async play(stage, random, seconds) {
    const { ses } = stage.relays
    const operator = openOperator(stage)
    const isFull = async () => Math.min(...Object.values(await operator.counts())) >= fewest
    ses.meddle(draw(random, [[0.4, refuse(400, errorXml('Throttling', 'Too fast.'))]]))
    try {
      for (let count = 0; count < purges; count += 1) {
        await setTimeout(seconds * (300 + random() * 150))
        await until('messages wait, are in flight and are delayed', isFull, { seconds: 60 })
        await operator.purge()
      }
    } finally {
      ses.meddle()
      operator.close()
    }
  }
}
