import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { processesIn } from '../rehearsal/process-table.ts'
import { eventually } from '../test/engine.ts'
import { openFolder } from '../test/line.ts'
import { needs } from '../test/needs.ts'

test('chaos that is stopped in the middle leaves no process and no folder', {
  skip: needs('mariadbd')
}, async t => {
  const TMPDIR = openFolder(t)
  const main = join(import.meta.dirname, 'main.ts')
  const child = spawn(process.execPath, [main, 'pause'], { env: { ...process.env, TMPDIR } })
  t.after(() => child.kill('SIGKILL'))
  // MariaDB, web, two workers, two sqsd.
  await eventually(() => processesIn(TMPDIR).length >= 6, 60)
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  assert.deepEqual(await exited, [143, null])
  await eventually(() => processesIn(TMPDIR).length === 0 && readdirSync(TMPDIR).length === 0, 30)
})
