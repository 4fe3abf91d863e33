import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { openFolder } from '../test/line.ts'
import { nodePath, takeBundle, unpack } from './bundle.ts'

test('the bundle is the last commit without what is left out, whatever the work tree has', async t => {
  const root = openFolder(t)
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'pipe' })
  const identity = ['-c', 'user.name=Hanako', '-c', 'user.email=hanako@example.jp']
  mkdirSync(join(root, 'test'))
  writeFileSync(join(root, 'test/a.ts'), '')
  writeFileSync(join(root, 'Procfile'), 'web: node a.ts\n')
  writeFileSync(join(root, '.gitattributes'), '/test export-ignore\n')
  git('init', '-q')
  git('add', '.')
  git(...identity, 'commit', '-q', '-m', 'Begin')

  const file = join(openFolder(t), 'bundle.tar')
  const clean = await takeBundle(root, file)
  assert.equal(clean.isBehind, false)
  writeFileSync(join(root, 'Procfile'), 'web: node b.ts\n')
  writeFileSync(join(root, '.env'), 'SECRET=1\n')
  const behind = await takeBundle(root, file)
  assert.equal(behind.isBehind, true)
  assert.equal(behind.commit, clean.commit)

  const folder = join(openFolder(t), 'empty')
  await unpack(behind, folder)
  assert.deepEqual(readdirSync(folder).sort(), ['.gitattributes', 'Procfile'])
  assert.equal(readFileSync(join(folder, 'Procfile'), 'utf8'), 'web: node a.ts\n')
})

test('what runs has this Node, and none of the programs of the devDependencies', () => {
  const path = nodePath('/project/node_modules/.bin:/usr/bin:/bin')
  assert.equal(path, `${dirname(process.execPath)}:/usr/bin:/bin`)
})
