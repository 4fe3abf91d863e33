import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { allowed, forbidden } from './import-law.ts'
import { openFolder } from './line.ts'

const root = join(import.meta.dirname, '..')
const biome = join(root, 'node_modules/.bin/biome')

type Diagnostic = { category: string; location: { path: string; start: { line: number } } }

/** Plants files with these lines and has them checked by a rule; gives each `path: line` reported. */
function reported(folder: string, rule: string, files: Record<string, string[]>) {
  copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'))
  for (const [path, lines] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), `${lines.join('\n')}\n`)
  }
  const args = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', '.']
  const { stdout, stderr } = spawnSync(biome, args, { cwd: folder })
  assert.ok(String(stdout).startsWith('{'), String(stderr))
  const { diagnostics } = JSON.parse(String(stdout)) as { diagnostics: Diagnostic[] }
  const places = diagnostics.filter(({ category }) => category === `lint/style/${rule}`)
  return new Set(
    places.map(({ location: { path, start } }) => `${path}: ${files[path]?.[start.line - 1]}`)
  )
}

function every(files: Record<string, string[]>) {
  const all = Object.entries(files)
  return new Set(all.flatMap(([path, lines]) => lines.map(line => `${path}: ${line}`)))
}

function importing(files: Record<string, string[]>) {
  const toLines = (names: string[]) =>
    names.map((name, index) => `export { x${index} } from '${name}'`)
  return Object.fromEntries(Object.entries(files).map(([path, names]) => [path, toLines(names)]))
}

test('every import against the law is reported', t => {
  const files = importing(forbidden)
  assert.deepEqual(reported(openFolder(t), 'noRestrictedImports', files), every(files))
})

test('every import within the law passes', t => {
  const files = importing(allowed)
  assert.deepEqual(reported(openFolder(t), 'noRestrictedImports', files), new Set())
})

test('the environment comes in by the doors of the configuration only', t => {
  const line = "export const home = process.env['HOME']"
  const doors = ['src/config.ts', 'src/sqsd/main.ts', 'bench/load.ts', 'test/line.ts']
  const others = ['src/main.ts', 'src/web/app.ts', 'src/local/main.ts', 'src/sqsd/daemon.ts']
  const files = Object.fromEntries([...doors, ...others].map(path => [path, [line]]))
  const wrong = new Set(others.map(path => `${path}: ${line}`))
  assert.deepEqual(reported(openFolder(t), 'noProcessEnv', files), wrong)
})
