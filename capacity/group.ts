import type { Clock } from './clock.ts'
import type { Job } from './day.ts'
import { type Instance, type Listener, type Machine, openInstance } from './instance.ts'

export type Fleet = Machine & {
  /** From the decision until the group counts the instance as in service. */
  launchSeconds: number
  /** From the decision until its sqsd takes messages. */
  bootSeconds: number
  /** From a datapoint until the alarm sees it. */
  metricDelaySeconds: number
}

type Member<Work> = { launchedAt: number; instance: Instance<Work> }

/** The Auto Scaling group; `booted` is called when another instance begins to take messages. */
export function openGroup<Work extends Job>(
  clock: Clock,
  fleet: Fleet,
  { booted, ...listener }: Listener<Work> & { booted(): void }
) {
  const members: Member<Work>[] = []
  const retired: Member<Work>[] = []
  let retiredSeconds = 0

  const age = ({ launchedAt }: Member<Work>) => clock.now() - launchedAt
  const olderThan = (seconds: number) => members.filter(member => age(member) >= seconds)

  function launch(launchedAt: number) {
    members.push({ launchedAt, instance: openInstance(clock, fleet, listener) })
    clock.at(Math.max(clock.now(), launchedAt + fleet.bootSeconds), booted)
  }

  /** The oldest takes no more and finishes what it has; it is given 60 s for that. */
  function retire() {
    const oldest = members.shift()
    if (!oldest) return
    retired.push(oldest)
    retiredSeconds += Math.min(age(oldest), clock.now())
  }

  return {
    size: () => members.length,
    inService: () => olderThan(fleet.launchSeconds).length,
    /** In service for so many seconds. */
    warm: (seconds: number) => olderThan(fleet.launchSeconds + seconds).length,
    working: () => olderThan(fleet.bootSeconds).length,
    held: () => [...members, ...retired].reduce((sum, { instance }) => sum + instance.held(), 0),

    /** Instances that were there before the day began. */
    begin(count: number) {
      for (let index = 0; index < count; index += 1) launch(Number.NEGATIVE_INFINITY)
    },

    resize(size: number) {
      while (members.length < size) launch(clock.now())
      while (members.length > size) retire()
    },

    /** The instance with most connections free, if there is one. */
    freest(): Instance<Work> | undefined {
      const [first, ...others] = olderThan(fleet.bootSeconds).map(({ instance }) => instance)
      const best = others.reduce(
        (one, next) => (next.free() > one?.free() ? next : one),
        first as Instance<Work>
      )
      return best && best.free() > 0 ? best : undefined
    },

    instanceHours() {
      const present = members.map(member => Math.min(age(member), clock.now()))
      return present.reduce((sum, seconds) => sum + seconds, retiredSeconds) / 3600
    }
  }
}
