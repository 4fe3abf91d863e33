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

/** One of two instances is terminated with two jobs at work: one ends in time, one is handed back. */
export async function scaleIn({ pair }: Pick<Scenes, 'pair'>) {
  const [leaving, staying] = workersOf(pair) as [Instance, Instance]
  const [shortGate, longGate] = [closedGate(pair), closedGate(pair)]
  const short = await orderNap(pair, { seconds: 0, gate: shortGate.file })
  const long = await orderNap(pair, { seconds: 0, gate: longGate.file })
  await together([started(pair, short), started(pair, long)])
  startSqsd(staying)

  shortGate.openAfter(shortSeconds)
  const { seconds } = await stopAll(leaving)
  await checkState(pair, short, 'finished', 'When the instance has stopped')
  longGate.openAfter(0)
  await finished(pair, long, sweepSeconds)
  await checkOnce(pair, short)
  await checkOnce(pair, long)
  if (endsAt(staying, long).length === 0)
    throw new Error('The long job should be finished by the instance that stays.')
  return `exit code 0 after ${seconds.toFixed(1)} s; the short job ended there, the long one here, on attempt 1`
}
