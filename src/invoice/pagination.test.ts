import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paginate } from './pagination.ts'

const room = { first: 100, other: 200, carry: 20, tail: 60 }
const rows = (count: number, height = 20) => Array.from({ length: count }, () => height)

test('what fits on one page with what follows it stays there', () => {
  assert.deepEqual(paginate(rows(2), room), [2])
})

test('the last row takes the one before it along to the next page', () => {
  assert.deepEqual(paginate(rows(4), room), [2, 4])
})

test('a tall row may be alone on the last page', () => {
  assert.deepEqual(paginate([20, 20, 20, 60], room), [3, 4])
})

test('a table that could only begin with one row begins on the next page', () => {
  assert.deepEqual(paginate(rows(9), { ...room, first: 50 }), [0, 7, 9])
  assert.deepEqual(paginate(rows(3), { ...room, first: -10 }), [0, 3])
})

test('the pages hold what they have room for, whatever the rows', () => {
  for (let seed = 1; seed <= 2000; seed += 1) {
    const heights = Array.from(
      { length: 1 + (seed % 60) },
      (_, n) => 24 + ((n * seed * 7919) % 120)
    )
    const wide = { first: (seed * 31) % 500, other: 700, carry: 25, tail: 90 + (seed % 100) }
    const ends = paginate(heights, wide)
    assert.equal(ends.at(-1), heights.length)
    let start = 0
    for (const [page, end] of ends.entries()) {
      const isLast = page === ends.length - 1
      const used = heights.slice(start, end).reduce((sum, height) => sum + height, 0)
      const extra = (start > 0 ? wide.carry : 0) + (isLast ? wide.tail : wide.carry)
      if (end > 0) assert.ok(used + extra <= (page === 0 ? wide.first : wide.other), `seed ${seed}`)
      if (page > 0) assert.ok(end > start, `seed ${seed}: an empty page`)
      const lastHeight = heights.at(-1) as number
      if (isLast && heights.length > 1)
        assert.ok(end - start > 1 || lastHeight >= 50, `seed ${seed}`)
      start = end
    }
  }
})
