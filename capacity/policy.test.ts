import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide } from './policy.ts'

const rule = { targetValue: 20, warmupSeconds: 240, minSize: 2, maxSize: 8 }
const group = { desired: 3, warm: 3 }
const points = (count: number, value: number) => Array<number>(count).fill(value)

test('two datapoints over the target change nothing, the third does', () => {
  assert.equal(decide(points(2, 30), group, rule), 3)
  assert.equal(decide(points(3, 30), group, rule), 5)
  assert.equal(decide([30, 20, 30, 30], group, rule), 3)
})

test('the group grows in proportion, rounded up, and not beyond the most', () => {
  assert.equal(decide(points(3, 21), group, rule), 4)
  assert.equal(decide(points(3, 40), group, rule), 6)
  assert.equal(decide(points(3, 4000), group, rule), 8)
})

test('instances that warm up do not count, and are not started again', () => {
  assert.equal(decide(points(3, 40), { desired: 6, warm: 3 }, rule), 6)
  assert.equal(decide(points(3, 60), { desired: 6, warm: 3 }, rule), 8)
})

test('fifteen datapoints under 90 % of the target take one instance away, and no fewer', () => {
  assert.equal(decide(points(14, 0), group, rule), 3)
  assert.equal(decide(points(15, 0), group, rule), 2)
  const large = { ...rule, maxSize: 40 }
  assert.equal(decide(points(15, 18), { desired: 30, warm: 30 }, large), 30)
  assert.equal(decide(points(15, 17.9), { desired: 30, warm: 30 }, large), 29)
  assert.equal(decide([...points(15, 0), 18], group, rule), 3)
})

test('none is taken away below the fewest, nor while others warm up, nor if the rest were too few', () => {
  assert.equal(decide(points(15, 0), { desired: 2, warm: 2 }, rule), 2)
  assert.equal(decide(points(15, 0), { desired: 4, warm: 3 }, rule), 4)
  assert.equal(decide(points(15, 17), group, rule), 3)
})
