import assert from 'node:assert/strict'
import { cpSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { openFolder } from '../test/line.ts'
import { addNap, withNap } from './nap.ts'

const root = join(import.meta.dirname, '..')

test('both kinds are added to a copy of the sources as a folder and a line', async t => {
  const folder = openFolder(t)
  cpSync(join(root, 'src'), join(folder, 'src'), { recursive: true })
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  addNap(folder)
  const { kinds } = await import(pathToFileURL(join(folder, 'src/jobs/index.ts')).href)
  const names = kinds.map(({ name }: { name: string }) => name)
  assert.deepEqual(names.slice(0, 3), ['nap', 'long-nap', 'invoice'])
  assert.equal(kinds[1].attemptSeconds, 601)
  assert.match(readFileSync(join(folder, 'src/jobs/nap/job.ts'), 'utf8'), /job\.signal/)
})

test('a list of another form is a sentence', () => {
  assert.throws(() => withNap('export const kinds = []\n'), /src\/jobs\/index\.ts has no "export/)
})
