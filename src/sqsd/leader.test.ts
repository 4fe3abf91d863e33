import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { startLeading } from './leader.ts'
import { alone } from './registry.ts'

/** A daemon whose registry answers as told, with the clock in our hands; it stood for election once. */
async function open(t: TestContext) {
  t.mock.timers.enable({ apis: ['Date', 'setTimeout'], now: 0 })
  const seen = { begun: 0, ended: 0, resigned: 0, asked: 0 }
  let isLeading = () => false
  let answer = async () => true
  const registry = {
    ...alone,
    lead() {
      seen.asked += 1
      return answer()
    },
    resign: async () => {
      seen.resigned += 1
    }
  }
  const begin = (check: () => boolean) => {
    isLeading = check
    seen.begun += 1
    return {
      stop: async () => {
        seen.ended += 1
      }
    }
  }
  const lines: string[] = []
  const leading = startLeading(registry, begin, (category, text) =>
    lines.push(`${category}: ${text}`)
  )
  await setImmediate()
  return {
    seen,
    lines,
    leading,
    isLeading: () => isLeading(),
    answers(lead: () => Promise<boolean>) {
      answer = lead
    },
    async after(milliseconds: number) {
      t.mock.timers.tick(milliseconds)
      await setImmediate()
    }
  }
}

test('a leader asks again every five seconds and leads on', async t => {
  const daemon = await open(t)
  for (const asked of [2, 3, 4]) {
    await daemon.after(5000)
    assert.equal(daemon.seen.asked, asked)
  }
  assert.deepEqual([daemon.seen.begun, daemon.seen.ended, daemon.isLeading()], [1, 0, true])
})

test('case 30: a daemon that has lost its lease to another ends its ticks, until it has it again', async t => {
  const daemon = await open(t)
  daemon.answers(async () => false)
  await daemon.after(5000)
  assert.deepEqual([daemon.seen.begun, daemon.seen.ended, daemon.isLeading()], [1, 1, false])
  daemon.answers(async () => true)
  await daemon.after(5000)
  assert.deepEqual([daemon.seen.begun, daemon.seen.ended, daemon.isLeading()], [2, 1, true])
})

test('case 30: a lease that can not be renewed counts as lost a second before its end', async t => {
  const daemon = await open(t)
  daemon.answers(() => Promise.reject(new Error('gone')))
  await daemon.after(5000)
  assert.deepEqual([daemon.seen.ended, daemon.isLeading()], [0, true])
  await daemon.after(3999)
  assert.equal(daemon.isLeading(), true)
  await daemon.after(1)
  assert.equal(daemon.isLeading(), false)
  await daemon.after(1000)
  assert.equal(daemon.seen.ended, 1)
  assert.ok(daemon.lines.includes('leader-election: failed to refresh leadership: gone'))
})

test('a leader that stops ends its ticks and lets go of the lease', async t => {
  const daemon = await open(t)
  await daemon.leading.stop()
  assert.deepEqual([daemon.seen.ended, daemon.seen.resigned], [1, 1])
  await daemon.after(60_000)
  assert.equal(daemon.seen.asked, 1)
})
