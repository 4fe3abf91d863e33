import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openFolder } from '../test/line.ts'
import { isChanged, readProject } from './project.ts'

const author = ['-c', 'user.name=Hanako', '-c', 'user.email=hanako@example.jp']

/** A repository with one commit of these files. */
function commit(t: TestContext, files: Record<string, string | Buffer>) {
  const folder = openFolder(t)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' })
  git('init', '--quiet')
  git('add', '--all')
  git(...author, 'commit', '--quiet', '--message', 'All')
  return folder
}

test('the bundle is what git archive would pack', t => {
  const folder = commit(t, {
    '.gitattributes': `/test export-ignore
/docs/ export-ignore
src/**/*.test.ts export-ignore
/Notes.md -export-ignore
`,
    Procfile: '',
    'Notes.md': '',
    'src/main.ts': '',
    'src/deep/er.test.ts': '',
    'src/test/kept.ts': '',
    'test/a/b.ts': '',
    'docs/a.md': ''
  })
  const { bundle } = readProject(folder)
  const archive = execFileSync('git', ['archive', 'HEAD'], { cwd: folder })
  const packed = String(execFileSync('tar', ['--list'], { input: archive })).split('\n')
  const isFile = (path: string) => path !== '' && !path.endsWith('/')
  assert.deepEqual([...bundle].sort(), packed.filter(isFile).sort())
  assert.ok(bundle.includes('src/test/kept.ts') && !bundle.includes('test/a/b.ts'))
})

test('what git ignores is read where the EB CLI reads it, and is not in the bundle', t => {
  const folder = commit(t, { '.gitignore': '.elasticbeanstalk/\n.ebignore\nsecret\n', a: 'x' })
  mkdirSync(join(folder, '.elasticbeanstalk/saved_configs'), { recursive: true })
  const path = '.elasticbeanstalk/saved_configs/web.cfg.yml'
  for (const name of [path, '.ebignore', 'secret']) writeFileSync(join(folder, name), 'y')
  const { texts, bundle } = readProject(folder)
  assert.deepEqual([...texts.keys()].sort(), ['.ebignore', path, '.gitignore', 'a'].sort())
  assert.deepEqual([...bundle], ['.gitignore', 'a'])
  assert.equal(isChanged(folder), false)
})

test('a new file is read, is no part of the bundle, and is noticed', t => {
  const folder = commit(t, { a: 'x' })
  writeFileSync(join(folder, 'Procfile'), 'web: node a')
  const { texts, bundle } = readProject(folder)
  assert.equal(texts.get('Procfile'), 'web: node a')
  assert.deepEqual([...bundle], ['a'])
  assert.equal(isChanged(folder), true)
})

test('a binary file is in the bundle and has no text', t => {
  const folder = commit(t, { 'a.png': Buffer.from([0x89, 0, 1]) })
  const { texts, bundle } = readProject(folder)
  assert.deepEqual([[...texts], [...bundle]], [[], ['a.png']])
})

test('a folder without a repository is refused with advice', t => {
  assert.throws(() => readProject(openFolder(t)), /the doctor needs git, and a repository/)
})
