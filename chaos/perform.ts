import { openRandom } from '../capacity/random.ts'
import { until } from '../rehearsal/until.ts'
import { collect } from './fact.ts'
import { crashed, judge, type Verdict } from './judge.ts'
import { placeOrders } from './order.ts'
import type { Scenario } from './scenario.ts'
import { openStage, type Place, type Stage } from './stage.ts'
import { hurry } from './tick.ts'

export type Played = Verdict & {
  scenario: Scenario
  seed: number
  jobs: number
  /** From the end of the last fault until every job was over; `undefined` when that never came. */
  recoverySeconds: number | undefined
  seconds: number
}

/** Longer than a lease, a visibility timeout, and both once more: a line in which nothing ends for so long is stuck. */
const usualStillSeconds = 100
/** A slow machine is no broken promise as long as something ends. */
const mostSeconds = 300

/** Plays one scenario on a stage of its own, waits until the line is at rest, and looks at what came of it. */
export async function perform(scenario: Scenario, seed: number, place: Place): Promise<Played> {
  const startedAt = performance.now()
  const name = `${scenario.name}-${seed}`
  const stage = await openStage(place, name, scenario.settings)
  const giveUp = new AbortController()
  try {
    await stage.ready()
    void hurry(stage, giveUp.signal)
    const [orders, endedAt] = await Promise.all([
      placeOrders(stage.web.url, scenario, giveUp.signal),
      flowing(stage)
        .then(() => scenario.play(stage, openRandom(seed), scenario.seconds))
        .then(() => performance.now())
    ])
    const restedAt = await rest(stage, scenario.stillSeconds).then(
      () => performance.now(),
      () => undefined
    )
    // The last fault may have been that of the web tier, and other workers have done the rest meanwhile.
    await stage.ready()
    if (restedAt) await scenario.operate?.(stage)
    const verdict = judge(await collect(stage, orders), scenario.allows ?? {})
    return {
      ...verdict,
      breaches: [...verdict.breaches, ...crashed(stage.instances)],
      ...{ scenario, seed, jobs: orders.length },
      recoverySeconds: restedAt && (restedAt - endedAt) / 1000,
      seconds: (performance.now() - startedAt) / 1000
    }
  } finally {
    giveUp.abort()
    await stage.close()
  }
}

/** Faults that come before there is work would break nothing. */
async function flowing({ database }: Stage) {
  const look = () => database('jobs').where({ state: 'finished' }).first('id')
  await until('the first job is finished', look, { seconds: 120 })
}

/** Until every job is over; rejects when they are not, and none has ended for a while. */
async function rest(stage: Stage, stillSeconds = usualStillSeconds) {
  const beganAt = performance.now()
  let fewest = Number.POSITIVE_INFINITY
  let movedAt = beganAt
  const isOver = async () => {
    const left = await countLeft(stage).catch(() => fewest)
    const now = performance.now()
    if (left < fewest) movedAt = now
    fewest = Math.min(left, fewest)
    if (left > 0 && now > movedAt + stillSeconds * 1000)
      throw new Error(`No job has ended for ${stillSeconds} s.`)
    return left === 0
  }
  await until('every job is over', isOver, { seconds: mostSeconds })
}

async function countLeft({ database }: Stage) {
  const states = ['waiting', 'running', 'retrying']
  const [row] = await database('jobs').whereIn('state', states).count('* as count')
  return Number(row?.['count'])
}
