import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { openFolder } from '../test/line.ts'
import { startMariadb } from '../test/mariadb.ts'
import { needs } from '../test/needs.ts'
import { perform } from './perform.ts'
import type { Scenario } from './scenario.ts'
import { databaseKill } from './scenarios/database-kill.ts'
import { hold } from './scenarios/hold.ts'
import { sesUnheard } from './scenarios/ses-unheard.ts'

/** A scenario in short: a few dozen jobs. */
async function short(t: TestContext, scenario: Scenario, seconds: number) {
  const work = openFolder(t)
  const logs = join(work, 'logs')
  mkdirSync(logs)
  const mariadb = await startMariadb(work)
  t.after(() => mariadb.stop())
  const played = await perform({ ...scenario, jobs: 40, seconds }, 1, {
    folders: { work, logs },
    mariadb
  })
  t.diagnostic(`at rest after ${played.recoverySeconds?.toFixed(1)} s`)
  return played
}

/** An attempt that failed holds no lease, so its message need not wait until one has run out. */
const soon = { settings: { sqsd: ['--error-visibility-timeout', '2'] } }

// They wait for most of their time, so they do so together.
describe('in short', { skip: needs('mariadbd'), concurrency: true }, () => {
  test('mails that SES takes without a word are repeated, counted, and told of', async t => {
    const { breaches, failed, refused, doubleMails, ambiguous } = await short(
      t,
      { ...sesUnheard, ...soon },
      4
    )
    assert.deepEqual([breaches, failed, refused], [[], {}, 0])
    assert.ok(doubleMails > 0, 'something went wrong on purpose')
    assert.equal(doubleMails, ambiguous)
  })

  test('mails that are held are sent again when the operator says so, and not before', async t => {
    const { breaches, failed, refused, doubleMails, ambiguous, retried } = await short(
      t,
      { ...hold, ...soon },
      4
    )
    assert.deepEqual([breaches, refused, doubleMails], [[], 0, 0])
    assert.ok(ambiguous > 0, 'something went wrong on purpose')
    assert.ok(retried > 0, 'the operator has done something')
    assert.equal((failed['held'] ?? 0) + retried, ambiguous)
  })

  test('a database that is killed twice loses no job and does none twice', async t => {
    const { breaches, failed, refused, attempts } = await short(t, databaseKill, 8)
    assert.deepEqual([breaches, failed, refused], [[], {}, 0])
    assert.ok(attempts >= 40)
  })
})
