import assert from 'node:assert/strict'
import { test } from 'node:test'
import { within } from './within.ts'

const never = new Promise<string>(() => {})

test('an answer that comes in time is the answer, and its error its error', async () => {
  assert.equal(await within(60, Promise.resolve('here')), 'here')
  const refused = new Error('refused')
  await assert.rejects(within(60, Promise.reject(refused)), refused)
})

test('one that does not come in time is an error that says so', async () => {
  await assert.rejects(within(0.01, never), { message: 'no answer within 0.01 s' })
})

test('what fails when nobody waits any more ends no process', async t => {
  const unheard = t.mock.fn()
  process.on('unhandledRejection', unheard)
  t.after(() => process.off('unhandledRejection', unheard))
  const failing = Promise.withResolvers<string>()
  await assert.rejects(within(0.01, failing.promise))
  failing.reject(new Error('too late'))
  await new Promise(setImmediate)
  assert.equal(unheard.mock.callCount(), 0)
})
