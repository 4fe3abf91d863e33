import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openFolder } from '../test/line.ts'
import { runHooks } from './hooks.ts'

test('the hooks of a moment run in the order of their names, and one that fails ends the deploy', async t => {
  const folder = openFolder(t)
  const place = join(folder, '.platform/hooks/predeploy')
  const about = { env: { PATH: '/usr/bin:/bin', WORD: 'word' }, log: join(folder, 'log') }
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, '20-b.sh'), '#!/bin/sh\necho "$WORD b" >> said\n')
  writeFileSync(join(place, '10-a.sh'), '#!/bin/sh\necho "$WORD a" >> said\n')
  await runHooks(folder, 'confighooks', 'predeploy', about)
  await runHooks(folder, 'hooks', 'prebuild', about)
  await runHooks(folder, 'hooks', 'predeploy', about)
  assert.equal(readFileSync(join(folder, 'said'), 'utf8'), 'word a\nword b\n')

  writeFileSync(join(place, '30-c.sh'), '#!/bin/sh\nexit 1\n')
  await assert.rejects(runHooks(folder, 'hooks', 'predeploy', about), /hooks\/predeploy\/30-c\.sh/)
})
