import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { openEngine, order } from '../../test/engine.ts'
import { enqueue } from './enqueue.ts'
import { perform } from './perform.ts'

const about = { name: 'a.pdf', type: 'application/pdf' }
const mail = { to: 'hanako@example.jp', subject: 'できました', text: 'text', html: '<p>html</p>' }
onBothDatabases(url => {
  test('a job with a file and a mail takes two statements of the web tier and four of the worker', async t => {
    const engine = await openEngine(t, url(), async (_payload, tools) => {
      tools.job.progress(50)
      const file = await tools.storage.put('a.pdf', Buffer.from('pdf'), about)
      await tools.mail.send(mail)
      return { file }
    })
    // Progress that comes a second after the start, as on a slow machine, would be a statement more.
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
    let said: string[] = []
    engine.database.on('query', ({ sql }: { sql: string }) => said.push(sql.split(' ', 1)[0] ?? ''))
    const { job } = await enqueue(engine, order)
    await engine.underway.ended()
    assert.deepEqual(said, ['insert', 'update'])
    said = []
    assert.equal(await perform(engine, { job: job.id, receiveCount: 1 }), 'finished')
    assert.deepEqual(said, ['select', 'update', 'INSERT', 'update'])
  })
})
