import assert from 'node:assert/strict'
import { test } from 'node:test'
import { remember } from './remember.ts'

test('whoever asks within the time shares one answer, before it has come as well as after', async () => {
  let loads = 0
  const ask = remember(60, async () => {
    loads += 1
    return loads
  })
  assert.deepEqual(await Promise.all([ask(), ask(), ask()]), [1, 1, 1])
  assert.equal(await ask(), 1)
})

test('after the time it is asked again, and a failure is not kept', async () => {
  let loads = 0
  const ask = remember(0, async () => {
    loads += 1
    if (loads === 2) throw new Error('The database is away.')
    return loads
  })
  assert.equal(await ask(), 1)
  await assert.rejects(ask(), /away/)
  assert.equal(await ask(), 3)
})
