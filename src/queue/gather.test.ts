import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gather } from './gather.ts'

/** Work that ends when it is told to, and remembers what it was given. */
function open(most: number, pause = 0) {
  const given: number[][] = []
  const ends: (() => void)[] = []
  const double = gather(
    async (items: number[]) => {
      given.push(items)
      await new Promise<void>(resolve => ends.push(resolve))
      if (items.includes(13)) throw new Error('thirteen')
      return items.map(item => item * 2)
    },
    most,
    pause
  )
  const end = () => {
    for (const end of ends.splice(0)) end()
  }
  return { double, given, end }
}

const turn = () => new Promise(resolve => setImmediate(resolve))

test('what comes alone is done at once, and what comes meanwhile goes together next', async () => {
  const { double, given, end } = open(10)
  const all = [1, 2, 3].map(double)
  assert.deepEqual(given, [[1]])
  end()
  await turn()
  assert.deepEqual(given, [[1], [2, 3]])
  end()
  assert.deepEqual(await Promise.all(all), [2, 4, 6])
})

test('one that hangs holds nobody up for longer than a tenth of a second', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { double, given, end } = open(10)
  const all = [1, 2].map(double)
  t.mock.timers.tick(99)
  await turn()
  assert.deepEqual(given, [[1]])
  t.mock.timers.tick(1)
  await turn()
  assert.deepEqual(given, [[1], [2]])
  end()
  assert.deepEqual(await Promise.all(all), [2, 4])
})

test('with a pause the next few wait until it is over, or until they are the most', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { double, given, end } = open(3, 5)
  const all = [1, 2].map(double)
  end()
  t.mock.timers.tick(4)
  await turn()
  assert.deepEqual(given, [[1]])
  t.mock.timers.tick(1)
  await turn()
  assert.deepEqual(given, [[1], [2]])
  end()
  await turn()
  all.push(...[3, 4, 5].map(double))
  await turn()
  assert.deepEqual(given, [[1], [2], [3, 4, 5]])
  end()
  assert.deepEqual(await Promise.all(all), [2, 4, 6, 8, 10])
})

test('more than the most are parts of that size, at the same time', async () => {
  const { double, given, end } = open(2)
  const all = [1, 2, 3, 4, 5, 6].map(double)
  end()
  await turn()
  assert.deepEqual(given, [[1], [2, 3], [4, 5], [6]])
  end()
  assert.deepEqual(await Promise.all(all), [2, 4, 6, 8, 10, 12])
})

test('a failure is that of those that went together, and of no other', async () => {
  const { double, end } = open(2)
  const all = Promise.allSettled([1, 13, 2, 3].map(double))
  end()
  await turn()
  end()
  assert.deepEqual(
    (await all).map(({ status }) => status),
    ['fulfilled', 'rejected', 'rejected', 'fulfilled']
  )
  const later = double(4)
  await turn()
  end()
  assert.equal(await later, 8)
})
