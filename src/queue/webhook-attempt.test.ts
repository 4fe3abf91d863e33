import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { openTeller } from '../../test/webhooks.ts'
import { prune } from './prune.ts'
import { attemptsOf, healthOf } from './webhook-attempt.ts'

const day = 86_400_000

onBothDatabases(url => {
  test('the attempts of a delivery go with its job, and those of others stay', async t => {
    const { engine, add, run, deliveries, deliver, database } = await openTeller(t, url())
    const webhook = await add({ url: 'http://127.0.0.1:1/' })
    await run()
    await run()
    const [old, young] = await deliveries()
    await deliver(old)
    const [attempt = assert.fail()] = await attemptsOf(database, old.id)
    const { id: _, ...copy } = attempt
    await database('webhook_attempts').insert({ ...copy, job_id: young.id, at: 1, is_ok: true })
    const over = { state: 'failed', finished_at: Date.now() - 91 * day }
    await database('jobs').where({ id: old.id }).update(over)
    assert.deepEqual(await healthOf(database, webhook), { succeededAt: 1, failures: 1 })
    assert.equal((await prune(engine)).jobs, 1)
    assert.deepEqual(await attemptsOf(database, old.id), [])
    assert.equal((await attemptsOf(database, young.id)).length, 1)
    assert.deepEqual(await healthOf(database, webhook), { succeededAt: 1, failures: 0 })
  })
})
