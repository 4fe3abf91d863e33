import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openFolder } from '../../test/line.ts'
import { beanline, openShell } from '../../test/shell.ts'
import { versionOfPackage } from './version.ts'

const root = join(import.meta.dirname, '../..')

test('the tables are made once, and a database that is away is told of', async t => {
  const environment = { DATABASE_URL: `sqlite:${openFolder(t)}/new.sqlite` }
  for (const _ of [1, 2]) {
    const { code, out, err } = await beanline(['migrate'], { environment })
    assert.deepEqual([code, out, err], [0, '', ''])
  }
  assert.equal((await beanline(['jobs'], { environment })).err, 'No jobs.\n')
  const away = await beanline(['migrate'], {
    environment: { DATABASE_URL: 'mysql://u:p@127.0.0.1:9/x' }
  })
  assert.equal(away.code, 1)
})

test('doctor and sqsd read their own options', async () => {
  const rules = await beanline(['doctor', '--list'])
  assert.equal(rules.code, 0)
  assert.ok(rules.out.split('\n').length > 20)
  assert.equal((await beanline(['doctor', '--lst'])).code, 2)
  const help = await beanline(['sqsd', '--help'])
  assert.match(help.out, /^Usage: sqsd --worker-queue-url URL/)
  const wrong = await beanline(['sqsd', '--worker-queue-url', 'x'])
  assert.equal(wrong.code, 1)
  assert.match(wrong.err, /worker-queue-url/)
})

test('a key is made from a shell, and the audit log has it without its secret', async t => {
  const { say, ask, database } = await openShell(t)
  const { out } = await say('keys', 'add', 'ERP', '--scopes', 'jobs:read', '--as', '花子')
  const secret = /^bl_\S+/.exec(out)?.[0] ?? 'none'
  const { keys } = await ask<{ keys: { name: string; isOpen: boolean }[] }>('keys', 'list')
  assert.deepEqual(
    keys.map(({ name, isOpen }) => [name, isOpen]),
    [['ERP', true]]
  )
  assert.ok(!JSON.stringify(keys).includes(secret.slice(12)))
  assert.match((await say('keys', 'revoke', 'ERP')).out, /^Closed: bl_/)
  const actions = await database('actions').orderBy('id')
  assert.deepEqual(actions.map(({ name, action }) => [name, action])[0], ['花子', 'key-add'])
  assert.equal(actions[1].action, 'key-revoke')
  assert.ok(!JSON.stringify(actions).includes(secret.slice(12)))
})

test('npm run keys is the same command', () => {
  const { status, stderr } = spawnSync('npm', ['run', '-s', 'keys', '--', 'add'], { cwd: root })
  assert.equal(status, 1)
  assert.match(String(stderr), /DATABASE_URL is not set/)
})

test('a fresh clone, without packages, is told to get them', t => {
  const clone = openFolder(t)
  for (const part of ['src', 'package.json'])
    cpSync(join(root, part), join(clone, part), { recursive: true })
  const run = (word: string) => spawnSync(process.execPath, [join(clone, 'src/cli/main.ts'), word])
  assert.equal(run('help').status, 0)
  const { status, stderr } = run('jobs')
  assert.deepEqual(
    [status, String(stderr)],
    [1, 'The packages are not here yet: run "npm ci" first.\n']
  )
})

test('npx runs it from the folder: no download, no question', t => {
  const nowhere = { npm_config_cache: openFolder(t), npm_config_registry: 'http://127.0.0.1:9' }
  const options = { cwd: root, env: { ...process.env, ...nowhere }, input: '' }
  const { status, stdout, stderr } = spawnSync('npx', ['beanline', '--version'], options)
  assert.deepEqual([status, String(stdout)], [0, `${versionOfPackage()}\n`], String(stderr))
})
