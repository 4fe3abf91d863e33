import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Scenes } from './scenes.ts'
import { playAll, type Step } from './step.ts'

const quiet = { begins: () => {}, ends: () => {} }

test('steps play together, but for those that come after others, which play even after a failure', async () => {
  const order: string[] = []
  const gate = Promise.withResolvers<void>()
  const step = (name: string, play: Step['play'], after: string[] = []): Step => ({
    ...{ name, title: name, scenes: [], after },
    async play(scenes) {
      order.push(name)
      return await play(scenes)
    }
  })
  const fails = async () => {
    await gate.promise
    throw new Error('no')
  }
  const opens = async () => {
    gate.resolve()
    return 'open'
  }
  const steps = [step('a', fails), step('b', opens), step('c', async () => 'late', ['a'])]
  const [a, b, c] = await playAll(steps, {} as Scenes, quiet)
  assert.deepEqual(order, ['a', 'b', 'c'])
  assert.ok(a && 'error' in a && a.error.message === 'no')
  assert.ok(b && 'told' in b && b.told === 'open')
  assert.ok(c && 'told' in c && c.told === 'late')
})
