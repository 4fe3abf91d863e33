import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openFolder } from '../test/line.ts'
import { rules } from './rules.ts'

const root = join(import.meta.dirname, '..')
const author = ['-c', 'user.name=Hanako', '-c', 'user.email=hanako@example.jp']

function doctor(folder: string, ...flags: string[]) {
  const args = [join(folder, 'doctor/main.ts'), ...flags]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, stdout, stderr }
}

/** A repository with the files as they lie here. */
function copy(t: TestContext) {
  const folder = openFolder(t)
  const git = (cwd: string, ...args: string[]) => String(execFileSync('git', args, { cwd }))
  const listed = git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard')
  for (const path of listed.split('\0').filter(Boolean))
    cpSync(join(root, path), join(folder, path))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  git(folder, 'init', '--quiet')
  git(folder, 'add', '--all', '--', ':!node_modules')
  git(folder, ...author, 'commit', '--quiet', '--message', 'All')
  return folder
}

test('the command ends with 0 when nothing is wrong, and with 1 and the place of a mistake', t => {
  const folder = copy(t)
  const clean = doctor(folder)
  assert.match(clean.stdout, /^Nothing wrong is found/m)
  assert.equal(clean.status, 0, clean.stderr)

  appendFileSync(join(folder, 'Procfile'), 'oops\n')
  const found = doctor(folder)
  assert.equal(found.status, 1)
  const report = `Procfile:2  procfile-form
  This line is not "name: command".
  On AWS: the deploy fails: the platform refuses the Procfile.
  Fix: write "web: node src/main.ts", without comments.
`
  assert.ok(found.stdout.startsWith(report), found.stdout)
  assert.match(found.stdout, /^There are changes that are not committed/m)
  assert.match(found.stdout, /^1 finding in 1 file \(\d+ rules in \d+\.\d s\)\.$/m)

  const [finding, ...others] = JSON.parse(doctor(folder, '--json').stdout)
  assert.deepEqual([finding.file, finding.line, finding.rule], ['Procfile', 2, 'procfile-form'])
  assert.deepEqual(others, [])
})

test('--list names every rule in a line, and each once', () => {
  const { stdout, status } = doctor(root, '--list')
  const names = stdout
    .trimEnd()
    .split('\n')
    .map(line => line.split(' ')[0])
  assert.deepEqual(
    names,
    rules.map(({ name }) => name)
  )
  assert.equal(new Set(names).size, names.length)
  assert.equal(status, 0)
})

test('--help tells what it does, and an unknown flag ends with 2', () => {
  assert.match(doctor(root, '--help').stdout, /^npm run doctor/)
  const { status, stderr } = doctor(root, '--lists')
  assert.equal(status, 2)
  assert.match(stderr, /--lists/)
})
