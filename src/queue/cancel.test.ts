import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { eventually, mails, openEngine, recordJob, reload } from '../../test/engine.ts'
import * as decisions from './decision.ts'
import type { Tools } from './kind.ts'
import { perform } from './perform.ts'

const mail = { to: 'hanako@example.jp', subject: 'できました', text: 'text', html: '<p>html</p>' }

onBothDatabases(url => {
  test('a running job that is cancelled sends no mail and changes nothing more', async t => {
    const { promise: gate, resolve: go } = Promise.withResolvers<void>()
    let tools: Tools | undefined
    const engine = await openEngine(t, url(), async (_payload, given) => {
      tools = given
      await gate
      await given.mail.send(mail)
      return {}
    })
    const job = await recordJob(engine)
    const attempt = perform(engine, { job: job.id, receiveCount: 1 })
    await eventually(() => tools)
    assert.ok(await decisions.cancel(engine.database, await reload(engine, job)))
    go()
    assert.equal(await attempt, 'busy')
    assert.equal((await reload(engine, job)).state, 'cancelled')
    assert.equal((await mails(engine)).length, 0)
    assert.equal(await perform(engine, { job: job.id, receiveCount: 2 }), 'duplicate')
  })
})
