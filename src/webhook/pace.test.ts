import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPace, pauseSeconds } from './pace.ts'

const fast = { status: 200, ms: 20 }
const slow = { status: 200, ms: 9000 }
const none = { status: null, ms: 10_000 }

/** How many of ten may be sent at once. */
function tenAt({ enter }: ReturnType<typeof openPace>, time: number, id = 1) {
  return Array.from({ length: 10 }, () => enter(id, time)).filter(why => why === undefined).length
}

test('who answers quickly, even by a refusal, gets as many at once as come', () => {
  const pace = openPace()
  for (const answer of [fast, { status: 500, ms: 20 }]) {
    assert.equal(tenAt(pace, 0), 10)
    for (let n = 0; n < 10; n += 1) pace.leave(1, 0, answer)
  }
})

test('of a slow one no more than two are waited for, until it is quick again', () => {
  const pace = openPace()
  assert.equal(tenAt(pace, 0), 10)
  for (let n = 0; n < 10; n += 1) pace.leave(1, 9000, slow)
  assert.equal(tenAt(pace, 9000), 2)
  assert.match(pace.enter(1, 9000) ?? '', /slow/)
  assert.equal(tenAt(pace, 9000, 2), 10, 'another endpoint')
  pace.leave(1, 9001)
  assert.equal(tenAt(pace, 9001), 1, 'the place of one that was not waited for')
  pace.leave(1, 18_000, fast)
  assert.equal(tenAt(pace, 18_000), 10)
})

test('one that gives no answer is left alone, and then one looks whether it is back', () => {
  const pace = openPace()
  pace.enter(1, 0)
  pace.leave(1, 10_000, none)
  assert.equal(tenAt(pace, 39_999), 0)
  assert.match(pace.enter(1, 39_999) ?? '', /left alone/)
  assert.equal(tenAt(pace, 40_001), 1)
  pace.leave(1, 50_000, none)
  assert.equal(tenAt(pace, 70_000), 0)
  assert.equal(tenAt(pace, 80_001), 1)
  pace.leave(1, 80_002, fast)
  assert.equal(tenAt(pace, 80_003), 10)
})

test('what has waited long comes again after long, and never later than SQS can delay it', () => {
  for (const [waited, least, most] of [
    [0, 30, 60],
    [400, 200, 400],
    [86_400, 450, 900]
  ] as const)
    for (let n = 0; n < 100; n += 1) {
      const pause = pauseSeconds(waited)
      assert.ok(pause >= least && pause <= most, `${waited}: ${pause}`)
    }
})
