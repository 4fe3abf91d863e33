import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openEngine } from '../test/engine.ts'
import { kinds } from './jobs/index.ts'
import { invoice } from './jobs/invoice/job.ts'
import { workedLine } from './worked-line.ts'

test('a kind with the name of another is refused at the start', async t => {
  const engine = await openEngine(t, 'sqlite::memory:', async () => ({}))
  for (const name of ['webhook', 'mail-again', 'report']) {
    kinds.push({ ...invoice, name })
    assert.throws(
      () => workedLine(engine),
      new RegExp(`Two kinds of job are called "${name}": give`)
    )
    kinds.pop()
  }
  assert.ok(workedLine(engine).kinds.length > kinds.length)
})
