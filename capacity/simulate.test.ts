import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Job, makeDay } from './day.ts'
import type { Fleet } from './group.ts'
import { exponential, openRandom, type Random } from './random.ts'
import { type Outcome, simulate } from './simulate.ts'

const machine = { cores: 1, httpConnections: 1 }
const fixed = { launchSeconds: 0, bootSeconds: 0, metricDelaySeconds: 0 }

/** A rule that never changes the number of instances. */
const always = (size: number) => ({
  ...{ targetValue: Number.MAX_VALUE, warmupSeconds: 0 },
  ...{ minSize: size, maxSize: size }
})

/** Arrivals at random, one a second on the average, until `count` of them. */
function stream(count: number, random: Random, service: () => number, networkSeconds = 0): Job[] {
  let at = 0
  return Array.from({ length: count }, () => {
    at += exponential(random, 1)
    return { at, cpuSeconds: service(), networkSeconds }
  })
}

function runOut(jobs: Job[], fleet: Partial<Fleet>, size = 1) {
  const end = (jobs.at(-1)?.at ?? 0) + 10_000
  return simulate(jobs, { ...machine, ...fixed, ...fleet }, always(size), end)
}

const mean = ({ waits }: Outcome) =>
  waits.reduce((sum, { seconds }) => sum + seconds, 0) / waits.length

function isNear(value: number, theory: number, share = 0.05) {
  assert.ok(Math.abs(value - theory) <= theory * share, `${value} is not near ${theory}`)
}

/** The chance that all of `servers` are busy (Erlang's formula C), with a load of `offered` servers. */
function erlangC(servers: number, offered: number) {
  let term = 1
  let sum = 1
  for (let n = 1; n < servers; n += 1) {
    term *= offered / n
    sum += term
  }
  const last = (term * offered) / servers / (1 - offered / servers)
  return last / (sum + last)
}

describe('queues that theory knows, 200,000 jobs of each', () => {
  const count = 200_000

  test('M/M/1: the mean wait is ρ ÷ (1 − ρ) of a service', () => {
    const random = openRandom(1)
    const jobs = stream(count, random, () => exponential(random, 0.7))
    isNear(mean(runOut(jobs, {})), (0.7 / 0.3) * 0.7)
  })

  test('M/D/1: the same service each time halves it (Pollaczek and Khinchine)', () => {
    const jobs = stream(count, openRandom(2), () => 0.8)
    isNear(mean(runOut(jobs, {})), ((0.8 / 0.2) * 0.8) / 2)
  })

  for (const servers of [2, 4, 8])
    test(`M/M/${servers}: cores of one instance and instances of one core wait as Erlang says`, () => {
      const service = 0.8 * servers
      const random = openRandom(servers)
      const jobs = stream(count, random, () => exponential(random, service))
      const theory = (erlangC(servers, service) * service) / (servers - service)
      isNear(mean(runOut(jobs, { cores: servers, httpConnections: servers })), theory)
      isNear(mean(runOut(jobs, {}, servers)), theory)
      const crowded = runOut(jobs, { cores: servers, httpConnections: servers + 3 })
      isNear(mean(crowded), theory)
    })

  test('a network wait longer than the work leaves a core idle unless there are more connections', () => {
    const jobs = stream(20_000, openRandom(3), () => 0.5, 1)
    assert.ok(mean(runOut(jobs, { httpConnections: 1 })) > 1000, 'the queue grows without end')
    isNear(mean(runOut(jobs, { httpConnections: 50 })), (0.5 / 0.5) * 0.5 * 0.5)
  })
})

describe('job by job', () => {
  test('one server does as the recursion of Lindley says, to the rounding', () => {
    const random = openRandom(4)
    const jobs = stream(5000, random, () => exponential(random, 0.9))
    const { waits } = runOut(jobs, {})
    let wait = 0
    for (const [index, job] of jobs.entries()) {
      const before = jobs[index - 1]
      if (before) wait = Math.max(0, wait + before.cpuSeconds - (job.at - before.at))
      assert.ok(Math.abs((waits[index]?.seconds ?? -1) - wait) < 1e-6, `job ${index}`)
    }
  })

  test('under any load no job is lost or done twice, waits less than nothing, or exceeds a limit', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = openRandom(seed)
      const between = (low: number, high: number) => low + random() * (high - low)
      const load = {
        ...{ jobsPerDay: Math.floor(between(0, 3000)), burst: Math.floor(between(0, 3000)) },
        ...{ burstAt: between(0, 23), burstMinutes: between(0, 30) },
        ...{ secondsPerJob: between(0.1, 60), variation: between(0, 2) },
        networkSeconds: between(0, 5)
      }
      const fleet = {
        ...{ cores: Math.ceil(between(0, 4)), httpConnections: Math.ceil(between(0, 20)) },
        ...{ launchSeconds: between(0, 60), bootSeconds: between(0, 600) },
        metricDelaySeconds: between(0, 180)
      }
      const rule = {
        ...{ targetValue: between(1, 100), warmupSeconds: between(0, 600) },
        ...{ minSize: Math.ceil(between(0, 2)), maxSize: Math.ceil(between(2, 9)) }
      }
      const jobs = makeDay(load, random)
      const { minutes, waits, arrived, done, left } = simulate(jobs, fleet, rule, 86_400)
      assert.equal(arrived, jobs.length)
      assert.equal(arrived, done + left, `seed ${seed}: conservation`)
      assert.ok(
        waits.every(({ seconds }) => seconds >= 0),
        `seed ${seed}: no negative wait`
      )
      assert.ok(waits.length >= done)
      for (const { inService, working, held, backlog, ...minute } of minutes) {
        assert.ok(inService <= rule.maxSize && working <= rule.maxSize)
        assert.equal(minute.arrived, minute.done + held + backlog)
      }
    }
  })

  test('the same day gives the same outcome', () => {
    const load = { jobsPerDay: 2000, burst: 2000, burstAt: 9, burstMinutes: 5 }
    const work = { secondsPerJob: 1, variation: 1, networkSeconds: 0.1 }
    const rule = { targetValue: 20, warmupSeconds: 240, minSize: 1, maxSize: 5 }
    const fleet = { ...machine, ...fixed, bootSeconds: 120 }
    const run = (seed: number) =>
      simulate(makeDay({ ...load, ...work }, openRandom(seed)), fleet, rule, 86_400)
    assert.deepEqual(run(7), run(7))
    assert.notDeepEqual(run(7).waits, run(8).waits)
  })
})

describe('a burst', () => {
  const rule = { targetValue: 10, warmupSeconds: 240, minSize: 1, maxSize: 6 }
  const burst = (count: number, cpuSeconds: number) =>
    Array.from({ length: count }, () => ({ at: 3590, cpuSeconds, networkSeconds: 0 }))

  function peak(fleet: Partial<Fleet>, jobs = burst(3000, 1)) {
    return simulate(jobs, { ...machine, ...fixed, ...fleet }, rule, 20_000)
  }

  test('brings help after three datapoints, their delay and the boot, not before', () => {
    const { minutes } = peak({ bootSeconds: 120, metricDelaySeconds: 60 })
    const helped = minutes.find(({ working }) => working > 1)
    // Datapoints at 3600, 3660 and 3720; the last is seen at 3780.
    assert.equal(helped?.at, 3780 + 120)
  })

  test('ends with the fewest instances again, one a minute, after fifteen datapoints', () => {
    const { minutes } = peak({ bootSeconds: 120 })
    const empty = minutes.findIndex(({ at, backlog }) => at > 3600 && backlog === 0)
    const sizes = minutes.slice(empty).map(({ inService }) => inService)
    assert.deepEqual(sizes.slice(0, 15), Array(15).fill(6))
    assert.deepEqual(sizes.slice(15, 21), [5, 4, 3, 2, 1, 1])
  })

  test('is finished by instances that are no longer in service, if they have it in hand', () => {
    const roomy = { cores: 10, httpConnections: 10 }
    const { minutes, done, left } = peak(roomy, burst(60, 3000))
    assert.ok(minutes.some(({ held, inService }) => held > inService * 10))
    assert.deepEqual({ done, left }, { done: 60, left: 0 })
  })

  test('costs the hours that its instances are there', () => {
    const idle = simulate([], { ...machine, ...fixed }, always(3), 7200)
    assert.equal(idle.instanceHours, 6)
    const { minutes, instanceHours } = peak({ bootSeconds: 120 })
    isNear(instanceHours, minutes.reduce((sum, { inService }) => sum + inService, 0) / 60)
  })
})
