import assert from 'node:assert/strict'
import { test } from 'node:test'
import { percentile, spansOf } from './figures.ts'
import { niceStep } from './panel.ts'
import { clockTime, duration } from './table.ts'

test('a percentile is one of the values, whatever their order', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
  assert.deepEqual(
    [1, 50, 99, 100].map(percent => percentile(hundred, percent)),
    [1, 50, 99, 100]
  )
  assert.equal(percentile([10, 2], 50), 2)
  assert.equal(percentile([7], 99), 7)
  assert.equal(percentile([], 50), undefined)
})

test('spans have the jobs that came in them, the most of what stood, and the waits of their own', () => {
  const still = { held: 0, working: 1 }
  const outcome = {
    minutes: [
      { at: 60, arrived: 5, done: 1, backlog: 4, inService: 1, ...still },
      { at: 120, arrived: 6, done: 3, backlog: 3, inService: 2, ...still },
      { at: 180, arrived: 6, done: 6, backlog: 0, inService: 2, ...still }
    ],
    waits: [
      { at: 0, seconds: 1 },
      { at: 119, seconds: 9 }
    ],
    ...{ arrived: 6, done: 6, left: 0, instanceHours: 0 }
  }
  const [first, second] = spansOf(outcome, 2)
  assert.deepEqual([first?.p50, first?.longest, first?.arrived, first?.done], [1, 9, 6, 3])
  assert.deepEqual([first?.backlog, first?.inService, first?.from], [4, 2, 0])
  assert.deepEqual(
    [second?.from, second?.arrived, second?.done, second?.p50],
    [120, 0, 3, undefined]
  )
})

test('an axis has at most five steps, of 1, 2 or 5 times a power of ten', () => {
  assert.deepEqual([1, 8, 260, 5614, 10_000].map(niceStep), [0.2, 2, 100, 2000, 2000])
})

test('times of day and durations read as people say them', () => {
  assert.deepEqual([0, 32_400, 86_340].map(clockTime), ['00:00', '09:00', '23:59'])
  const seconds = [undefined, 0, 9.94, 99, 150, 3600]
  assert.deepEqual(seconds.map(duration), ['–', '0.0 s', '9.9 s', '99 s', '2.5 min', '60 min'])
})
