import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import knex from 'knex'
import { onBothDatabases } from '../../test/databases.ts'
import { eventually } from '../../test/engine.ts'
import { openFolder } from '../../test/line.ts'
import { startMariadb } from '../../test/mariadb.ts'
import { needs } from '../../test/needs.ts'
import { startProxy } from '../../test/proxy.ts'
import { startLeading } from './leader.ts'
import { leaseMilliseconds, mysqlConnection, openRegistry } from './registry.ts'

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

  test('names are exact, in any script and case', async t => {
    const [registry] = await open(t)
    await registry?.record('夜間', 1)
    await registry?.record('昼間', 2)
    await registry?.record('Sweep', 3)
    const known = ['夜間', '昼間', 'Sweep', 'sweep'].map(name => registry?.tickedUntil(name))
    assert.deepEqual(await Promise.all(known), [1, 2, 3, undefined])
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

test('another server is reached with TLS only, under its own name', () => {
  const remote = mysqlConnection('mysql://me:secret@db.example/x')
  assert.equal('ssl' in remote && remote.ssl.verifyIdentity, true)
  assert.equal('ssl' in mysqlConnection('mysql://me@127.0.0.1/x'), false)
})

test('a registry file that another process holds is given up soon', async t => {
  const file = join(openFolder(t), 'registry')
  const registry = await openRegistry(`sqlite:${file}`, 'q')
  const connection = { filename: file }
  const other = knex({ client: 'better-sqlite3', connection, useNullAsDefault: true })
  t.after(() => Promise.all([registry.close(), other.destroy()]))
  await other.raw('BEGIN EXCLUSIVE')
  const startedAt = performance.now()
  await assert.rejects(registry.lead(), /database is locked/)
  assert.ok(performance.now() - startedAt < 4000, 'not the 5 s of better-sqlite3')
  await other.raw('COMMIT')
  assert.equal(await registry.lead(), true)
})

describe('on a MariaDB', { skip: needs('mariadbd') }, () => {
  test('a registry that falls silent is given up, and is back when its network is', async t => {
    const mariadb = await startMariadb()
    t.after(() => mariadb.stop())
    const proxy = await startProxy(t, mariadb.url)
    const registry = await openRegistry(proxy.url, 'q')
    assert.equal(await registry.lead(), true)
    proxy.silence(true)
    for (let n = 0; n < 3; n += 1) await assert.rejects(registry.lead(), /timeout|ETIMEDOUT/i)
    proxy.silence(false)
    await eventually(() => registry.lead().catch(() => false))
    proxy.silence(true)
    const startedAt = performance.now()
    await Promise.allSettled([registry.resign(), registry.close()])
    assert.ok(performance.now() - startedAt < 6000)
  })
})

test('case 30: a daemon that was killed is followed by another within 15 s', async t => {
  const place = `sqlite:${openFolder(t)}/registry`
  const killed = await openRegistry(place, 'q')
  const registry = await openRegistry(place, 'q')
  t.after(() => registry.close())
  t.mock.timers.enable({ apis: ['Date', 'setTimeout'], now: Date.now() })
  assert.equal(await killed.lead(), true)
  await killed.close()
  const answers: boolean[] = []
  const lead = async () => {
    const isLeader = await registry.lead()
    answers.push(isLeader)
    return isLeader
  }
  let begun = 0
  const begin = () => {
    begun += 1
    return { stop: async () => {} }
  }
  const leading = startLeading({ ...registry, lead }, begin, () => {})
  t.after(() => leading.stop())
  for (const asked of [1, 2, 3]) {
    await eventually(() => answers.length === asked)
    t.mock.timers.tick(5000)
  }
  await eventually(() => begun === 1)
  assert.deepEqual(answers, [false, false, false, true])
})

test('a registry that cannot be reached is a sentence', async () => {
  await assert.rejects(
    openRegistry('mysql://root@127.0.0.1:9/x', 'q'),
    /^Error: The registry can't be used: .*ECONNREFUSED/
  )
})
