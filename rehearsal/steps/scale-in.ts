import type { Instance } from '../instance.ts'
import { checkOnce, checkState, endsAt, finished, started } from '../job.ts'
import { closedGate, orderNap } from '../order.ts'
import { workersOf } from '../scene.ts'
import type { Scenes } from '../scenes.ts'
import { together } from '../together.ts'
import { startSqsd, stopAll } from '../unit.ts'

/** How long the short one goes on after the order to stop; the long one, until the instance is gone. */
const shortSeconds = 15
/** A minute until the next sweep, and what it may take. */
const sweepSeconds = 90

/** One of two instances is terminated with jobs at work: one ends in time, one and one of a long kind are handed back. */
export async function scaleIn({ pair }: Pick<Scenes, 'pair'>) {
  const [leaving, staying] = workersOf(pair) as [Instance, Instance]
  const [shortGate, longGate, kindGate] = [closedGate(pair), closedGate(pair), closedGate(pair)]
  const short = await orderNap(pair, { seconds: 0, gate: shortGate.file })
  const long = await orderNap(pair, { seconds: 0, gate: longGate.file })
  const ofLongKind = await orderNap(pair, { seconds: 0, gate: kindGate.file }, 'long-nap')
  await together([short, long, ofLongKind].map(job => started(pair, job)))
  startSqsd(staying)

  shortGate.openAfter(shortSeconds)
  const { seconds } = await stopAll(leaving)
  await checkState(pair, short, 'finished', 'When the instance has stopped')
  for (const gate of [longGate, kindGate]) gate.openAfter(0)
  await together([long, ofLongKind].map(job => finished(pair, job, sweepSeconds)))
  for (const job of [short, long, ofLongKind]) await checkOnce(pair, job)
  for (const job of [long, ofLongKind])
    if (endsAt(staying, job).length === 0)
      throw new Error(`Job ${job.id} should be finished by the instance that stays.`)
  return `exit code 0 after ${seconds.toFixed(1)} s; the short job ended there, the others here, on attempt 1`
}
