import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { openEngine } from '../../test/engine.ts'
import * as keys from '../queue/api-key.ts'
import { find } from './commands.ts'
import { type KeyCall, manage } from './keys.ts'
import { understand } from './understand.ts'

onBothDatabases(url => {
  async function open(t: { after(close: () => Promise<void>): void }) {
    const engine = await openEngine(t, url(), async () => ({}))
    const { database } = engine
    await database('api_keys').delete()
    const command = await find('keys').load()
    const say = async (...line: string[]) =>
      await manage(engine, understand('keys', command, line) as KeyCall)
    const make = async (...line: string[]) => /^bl_\S+/.exec(await say(...line))?.[0] ?? ''
    return { database, say, make }
  }

  test('the help says what each scope is for', async () => {
    const { about } = await find('keys').load()
    for (const scope of keys.scopes) assert.match(about, new RegExp(`^  ${scope} +\\S`, 'm'))
  })

  test('a key is shown once, found by its hash, and kept nowhere', async t => {
    const { database, say, make } = await open(t)
    const secret = await make('add', 'ERP', '--scopes', 'jobs:read, orders:write', '--days', '1')
    assert.match(secret, /^bl_[0-9a-f]{48}$/)
    const key = await keys.find(database, secret)
    assert.equal(key?.scopes, 'orders:write,jobs:read')
    assert.ok(!JSON.stringify(key).includes(secret.slice(12)))
    const list = await say('list')
    assert.match(list, new RegExp(`ERP +${secret.slice(0, 11)}… +open`))
    assert.ok(!list.includes(secret.slice(12)))
    for (const other of [`${secret} `, secret.toUpperCase(), secret.slice(1), `${secret}0`, ''])
      assert.equal(await keys.find(database, other), undefined, other)
  })

  test('a rotated key works for as long as was said, and its successor has its space and scopes', async t => {
    const { database, make } = await open(t)
    const old = await make('add', 'ERP', '--scopes', 'jobs:act', '--per-minute', '7')
    const next = await make('rotate', 'ERP', '--hours', '1')
    const [before, after] = [await keys.find(database, old), await keys.find(database, next)]
    assert.ok(before && after && before.space === after.space && after.per_minute === 7)
    assert.equal(after.scopes, 'jobs:act')
    const soon = Date.now() + 3_700_000
    assert.ok(keys.isOpen(before, Date.now()) && keys.isOpen(after, soon))
    assert.ok(!keys.isOpen(before, soon))
    const last = await make('rotate', 'ERP', '--hours', '0')
    const names = await keys.openOf(database, 'ERP')
    assert.deepEqual(
      names.map(({ prefix }) => prefix),
      [last.slice(0, 11)]
    )
  })

  test('a revoked program has no key, and may be given a new one', async t => {
    const { database, say, make } = await open(t)
    const secret = await make('add', 'ERP', '--scopes', 'jobs:act')
    await make('rotate', 'ERP')
    await say('revoke', 'ERP')
    assert.deepEqual(await keys.openOf(database, 'ERP'), [])
    assert.match(await say('list'), /revoked/)
    await assert.rejects(say('rotate', 'ERP'), /no open key/)
    const again = await make('add', 'ERP', '--scopes', 'jobs:act')
    const [first, second] = [await keys.find(database, secret), await keys.find(database, again)]
    assert.notEqual(first?.space, second?.space)
  })

  test('a key that is used all the time is written once a minute', async t => {
    const { database, make } = await open(t)
    const secret = await make('add', 'ERP', '--scopes', 'jobs:act')
    let writes = 0
    database.on('query', ({ sql }: { sql: string }) => (writes += Number(/^update/.test(sql))))
    const fresh = (await keys.find(database, secret)) as keys.ApiKey
    await keys.touch(database, fresh)
    const used = (await keys.find(database, secret)) as keys.ApiKey
    assert.ok(used.last_used_at)
    await keys.touch(database, used)
    assert.equal(writes, 1)
    // Another process that read it before writes nothing.
    await keys.touch(database, fresh)
    assert.equal((await keys.find(database, secret))?.last_used_at, used.last_used_at)
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 61_000 })
    await keys.touch(database, used)
    const later = await keys.find(database, secret)
    assert.ok(Number(later?.last_used_at) > Number(used.last_used_at))
  })

  test('what is no command is answered with what to do', async t => {
    const { say, make } = await open(t)
    await make('add', 'ERP', '--scopes', 'jobs:act')
    const wrong: [string[], RegExp][] = [
      [['add', 'ERP', '--scopes', 'jobs:act'], /has a key: rotate or revoke/],
      [['add', 'B'], /--scopes orders:write/],
      [['add', 'B', '--scopes', 'all'], /no scope "all"/],
      [['add', 'B', '--scopes', 'jobs:act', '--days', '1.5'], /--days is "1.5"/],
      [['add', '--scopes', 'jobs:act'], /Say which program/],
      [['rotate', 'B'], /no open key/],
      [['toString', 'B'], /no "keys toString"/],
      [[], /Say what to do: beanline keys add, list, rotate or revoke/]
    ]
    for (const [line, sentence] of wrong) await assert.rejects(say(...line), sentence)
  })
})
