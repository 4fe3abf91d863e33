import { openClock } from './clock.ts'
import type { Job } from './day.ts'
import { type Fleet, openGroup } from './group.ts'
import { decide, type Rule } from './policy.ts'

/** How things stood at the end of a minute; `done` and `arrived` count from midnight. */
export type Minute = {
  at: number
  arrived: number
  done: number
  backlog: number
  held: number
  inService: number
  working: number
}

export type Outcome = {
  minutes: Minute[]
  /** Of each job that was begun, in the order of the jobs: from its message until it has a core. */
  waits: { at: number; seconds: number }[]
  arrived: number
  done: number
  left: number
  instanceHours: number
}

type Work = Job & { index: number }

/** Runs jobs, in the order of their times, through the fleet under the rule, for so many seconds. */
export function simulate(jobs: Job[], fleet: Fleet, rule: Rule, seconds: number): Outcome {
  const clock = openClock()
  const queue = openQueue<Work>()
  const waits: Outcome['waits'] = []
  const minutes: Minute[] = []
  const metric: number[] = []
  let arrived = 0
  let done = 0
  const group = openGroup<Work>(clock, fleet, { begun, done: ended, booted: dispatch })

  function begun({ index, at }: Work) {
    waits[index] = { at, seconds: clock.now() - at }
  }

  function ended() {
    done += 1
    dispatch()
  }

  function dispatch() {
    for (;;) {
      const instance = queue.length() > 0 && group.freest()
      if (!instance) return
      instance.take(queue.shift() as Work)
    }
  }

  function expect(index: number) {
    const job = jobs[index]
    if (job) clock.at(job.at, () => arrive({ ...job, index }))
  }

  function arrive(work: Work) {
    arrived += 1
    queue.push(work)
    dispatch()
    expect(work.index + 1)
  }

  function tick() {
    const [backlog, inService] = [queue.length(), group.inService()]
    const work = { arrived, done, backlog, held: group.held() }
    minutes.push({ at: clock.now(), ...work, inService, working: group.working() })
    clock.after(fleet.metricDelaySeconds, () => see(backlog / inService))
    clock.after(60, tick)
  }

  /** The alarms look when a datapoint comes. */
  function see(backlogPerInstance: number) {
    metric.push(backlogPerInstance)
    const size = { desired: group.size(), warm: group.warm(rule.warmupSeconds) }
    group.resize(decide(metric, size, rule))
  }

  group.begin(rule.minSize)
  expect(0)
  clock.at(60, tick)
  clock.run(seconds)
  const left = queue.length() + group.held()
  return { minutes, waits, arrived, done, left, instanceHours: group.instanceHours() }
}

/** First in, first out; a standard queue is nearly so. */
function openQueue<Item>() {
  let items: Item[] = []
  let head = 0
  return {
    length: () => items.length - head,
    push: (item: Item) => void items.push(item),
    shift() {
      const item = items[head++]
      if (head > 10_000) {
        items = items.slice(head)
        head = 0
      }
      return item
    }
  }
}
