import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { pino } from 'pino'
import { eventually, openEngine, recordJob, reload } from '../../test/engine.ts'
import { openFolder } from '../../test/line.ts'
import { type Mariadb, startMariadb } from '../../test/mariadb.ts'
import { needs } from '../../test/needs.ts'
import type { Hold } from './hold.ts'
import * as jobs from './job.ts'
import { keepLease } from './lease.ts'
import { openRenewer } from './renewer.ts'

const withoutMariadb = needs('mariadbd')
let mariadb: Mariadb
before(async () => {
  if (!withoutMariadb) mariadb = await startMariadb()
})
after(() => mariadb?.stop())

/** Takes all of this thread, as work that computes does. */
function block(seconds: number) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000)
}

async function open(t: TestContext, url: string, log = pino({ level: 'silent' })) {
  const engine = await openEngine(t, url, async () => ({}))
  const renewer = openRenewer(engine.config, log)
  t.after(() => renewer.close())
  async function keep(attemptSeconds?: number) {
    const claimed = (await jobs.claim(engine.database, await recordJob(engine))) as jobs.Job
    const lease = keepLease(engine, claimed, { attemptSeconds, renewer })
    t.after(() => lease.stop())
    const until = async () => (await reload(engine, claimed)).lease_until ?? 0
    return { lease, renewed: async () => (await until()) - (claimed.lease_until ?? 0) > 9000 }
  }
  return { engine, keep, renewer }
}

const openFile = (t: TestContext) => `sqlite:${join(openFolder(t), 'test.sqlite')}`

for (const [name, skip, urlOf] of [
  ['SQLite', false, openFile],
  ['MariaDB', withoutMariadb, () => mariadb.url]
] as const)
  test(`leases are renewed while their thread is blocked, but not for too long, on ${name}`, {
    skip
  }, async t => {
    const { keep } = await open(t, urlOf(t))
    const [kept, late, ended] = [await keep(), await keep(5), await keep()]
    ended.lease.stop()
    block(14)
    assert.equal(await kept.renewed(), true)
    assert.equal(await late.renewed(), false)
    assert.equal(await ended.renewed(), false)
    await eventually(() => late.lease.signal.aborted)
    assert.match(String(late.lease.signal.reason), /The work has taken longer than 5 s/)
    assert.equal(kept.lease.signal.aborted, false)
  })

test('a lease lost to another attempt is found lost by the thread that renews it', async t => {
  const { engine, keep } = await open(t, openFile(t))
  const { lease } = await keep()
  await engine.database('jobs').update({ fencing_token: 9 })
  await eventually(() => lease.signal.aborted, 20)
  assert.match(String(lease.signal.reason), /another attempt has the job/)
})

test('a thread that dies is started again, and renews the leases it had', async t => {
  const lines: string[] = []
  const log = pino({}, { write: line => lines.push(line) })
  const { keep, renewer } = await open(t, openFile(t), log)
  const { lease, renewed } = await keep()
  const release = renewer.keep({} as Hold)
  await eventually(() => lines.some(line => line.includes('renewer of leases died')))
  release()
  await eventually(renewed, 20)
  assert.equal(lease.signal.aborted, false)
})
