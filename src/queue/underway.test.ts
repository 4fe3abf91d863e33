import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openUnderway } from './underway.ts'

test('nothing is under way any more when the last has ended, those that came meanwhile and failed too', async () => {
  const underway = openUnderway()
  const works = [1, 2, 3].map(() => Promise.withResolvers<string>())
  const [first, second, third] = works as [(typeof works)[0], (typeof works)[0], (typeof works)[0]]
  const added = underway.add(first.promise)
  void underway.add(second.promise).catch(() => {})
  let isEnded = false
  const ended = underway.ended().then(() => {
    isEnded = true
  })
  void underway.add(third.promise)
  first.resolve('its result')
  assert.equal(await added, 'its result')
  second.reject(new Error('failed'))
  await new Promise(setImmediate)
  assert.equal(isEnded, false)
  third.resolve('')
  await ended
})
