import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { openFolder } from '../../test/line.ts'
import { leaseMilliseconds, openRegistry } from './registry.ts'

onBothDatabases(url => {
  /** Two daemons of one queue, and one of another. */
  async function open(t: TestContext) {
    const place = url() === 'sqlite::memory:' ? `sqlite:${openFolder(t)}/registry` : url()
    const queue = `http://sqs/1/${randomUUID()}`
    const registries = await Promise.all([
      openRegistry(place, queue),
      openRegistry(place, queue),
      openRegistry(place, `${queue}-other`)
    ])
    t.after(() => Promise.all(registries.map(registry => registry.close())))
    return registries
  }

  test('one daemon of a queue has the lease and holds on to it', async t => {
    const [first, second, other] = await open(t)
    assert.equal(await first?.lead(), true)
    assert.equal(await second?.lead(), false)
    assert.equal(await first?.lead(), true)
    assert.equal(await other?.lead(), true)
  })

  test('a lease that is not renewed goes to another, and the first has lost it', async t => {
    const [first, second] = await open(t)
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
    assert.equal(await first?.lead(), true)
    t.mock.timers.setTime(Date.now() + leaseMilliseconds + 1)
    assert.equal(await second?.lead(), true)
    assert.equal(await first?.lead(), false)
  })

  test('of many daemons at once exactly one leads', async t => {
    const [first, second] = await open(t)
    const asked = Array.from({ length: 20 }, (_, n) => (n % 2 ? first : second)?.lead())
    const answers = await Promise.all(asked)
    assert.equal(new Set(answers.filter((_, n) => n % 2)).size, 1)
    assert.notEqual(answers[0], answers[1])
  })

  test('a lease that is given back is free at once', async t => {
    const [first, second] = await open(t)
    await first?.lead()
    await second?.resign()
    assert.equal(await second?.lead(), false)
    await first?.resign()
    assert.equal(await second?.lead(), true)
  })

  test('how far a task has come is known to all daemons of its queue, and to no other', async t => {
    const [first, second, other] = await open(t)
    assert.equal(await first?.tickedUntil('sweep'), undefined)
    await first?.record('sweep', 1000)
    await second?.record('sweep', 2000)
    assert.equal(await first?.tickedUntil('sweep'), 2000)
    assert.equal(await other?.tickedUntil('sweep'), undefined)
  })
})

test('a registry that cannot be reached is a sentence', async () => {
  await assert.rejects(
    openRegistry('mysql://root@127.0.0.1:9/x', 'q'),
    /^Error: The registry can't be used: .*ECONNREFUSED/
  )
})
