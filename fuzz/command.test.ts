import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCommand } from './command.ts'

const read = (...args: string[]) => readCommand(args, ['csv', 'png'])

test('without a word every target gets 100,000 inputs', () => {
  const { names, inputs, seed } = read()
  assert.deepEqual({ names, inputs, seed }, { names: ['csv', 'png'], inputs: 100_000, seed: 1 })
  assert.deepEqual(read('png', '--inputs', '300').names, ['png'])
})

test('a number of inputs that would try nothing is refused, lest it pass for a success', () => {
  for (const inputs of ['x', '0', '', '1e3'])
    assert.throws(() => read('--inputs', inputs), /give a whole number, 1 or more/, inputs)
})

test('an input is given to one target, not to all', () => {
  assert.equal(read('csv', '--file', 'a').file, 'a')
  assert.throws(() => read('--file', 'a'), /Name the one target/)
})

test('what can’t be understood is refused with what would be', () => {
  assert.throws(() => read('gif'), /no target "gif"\. The targets are: csv, png\./)
  assert.throws(() => read('--runs', '1'), /--runs'; see npm run fuzz -- --help/)
})
