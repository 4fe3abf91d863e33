import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeDay } from './day.ts'
import { openRandom } from './random.ts'

const load = {
  ...{ jobsPerDay: 20_000, burst: 5000, burstAt: 9, burstMinutes: 10 },
  ...{ secondsPerJob: 0.5, variation: 0.5, networkSeconds: 0.2 }
}

const between = (jobs: { at: number }[], from: number, to: number) =>
  jobs.filter(({ at }) => at >= from * 3600 && at < to * 3600).length

test('a day has its jobs in order, and no other day', () => {
  const jobs = makeDay(load, openRandom(1))
  assert.equal(jobs.length, 25_000)
  assert.ok(jobs.every(({ at }, index) => at >= (jobs[index - 1]?.at ?? 0) && at < 86_400))
})

test('the burst comes within its minutes, on top of the hour', () => {
  const quiet = makeDay({ ...load, burst: 0 }, openRandom(1))
  const loud = makeDay(load, openRandom(1))
  assert.equal(between(loud, 9, 9 + 1 / 6) - between(quiet, 9, 9 + 1 / 6), 5000)
})

test('an office works by day', () => {
  const jobs = makeDay({ ...load, burst: 0 }, openRandom(2))
  assert.ok(between(jobs, 10, 11) > 10 * between(jobs, 3, 4))
})

test('a job takes its mean time, spread as much as asked', () => {
  const seconds = makeDay(load, openRandom(3)).map(({ cpuSeconds }) => cpuSeconds)
  const mean = seconds.reduce((sum, value) => sum + value) / seconds.length
  const deviation = Math.sqrt(
    seconds.reduce((sum, value) => sum + (value - mean) ** 2, 0) / seconds.length
  )
  assert.ok(Math.abs(mean - 0.5) < 0.01, `mean ${mean}`)
  assert.ok(Math.abs(deviation - 0.25) < 0.02, `deviation ${deviation}`)
  const even = makeDay({ ...load, variation: 0 }, openRandom(3))
  assert.ok(even.every(({ cpuSeconds }) => cpuSeconds === 0.5))
})
