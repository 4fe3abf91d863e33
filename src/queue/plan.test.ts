import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mariadbOfTests } from '../../test/databases.ts'
import { openEngine } from '../../test/engine.ts'
import { needs } from '../../test/needs.ts'
import { complaintAbout, fill, plansOf } from '../../test/plans.ts'
import { queriesOf } from '../../test/queries.ts'
import type { Kind } from './kind.ts'

const skip = needs('mariadbd')
const mariadbUrl = mariadbOfTests(skip)

const mail = { to: 'hanako@example.jp', subject: 'できました', text: 'text', html: '<p>html</p>' }
const mailing: Kind['perform'] = async (_payload, tools) => {
  await tools.mail.send(mail)
  throw new Error('The printer is on fire.')
}

test('no statement of the line reads a whole table, and each change finds its job by the primary key', {
  skip
}, async t => {
  const engine = await openEngine(t, mariadbUrl(), mailing)
  await fill(engine.database, 20_000)
  for (const [name, work] of Object.entries(queriesOf(engine))) {
    const plans = await plansOf(engine.database, work)
    assert.ok(plans.length > 0, name)
    for (const plan of plans)
      assert.equal(complaintAbout(plan), undefined, `${name}: ${JSON.stringify(plan)}`)
  }
})
