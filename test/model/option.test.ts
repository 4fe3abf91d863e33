import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readOptions } from './option.ts'

test('without a word 2,000 sequences are run, and their number and seed can be chosen', () => {
  assert.deepEqual(readOptions([]).bounds, { runs: 2000, seed: 1, isShrunk: true })
  const { bounds } = readOptions(['--runs', '30', '--seed', '5', '--no-shrink'])
  assert.deepEqual(bounds, { runs: 30, seed: 5, isShrunk: false })
})

test('a number of runs that would run nothing is refused, lest it pass for a success', () => {
  for (const runs of ['x', '0', '', '1.5'])
    assert.throws(() => readOptions(['--runs', runs]), /give a whole number, 1 or more/, runs)
  assert.throws(() => readOptions(['--seed', 'x']), /--seed is "x"/)
})

test('an unknown flag is refused with where to look', () => {
  assert.throws(() => readOptions(['--quick']), /--quick.*see npm run model -- --help/)
  assert.throws(() => readOptions(['--runs', '-1']), /ambiguous; see/)
})
