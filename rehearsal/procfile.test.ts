import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readProcfile } from './procfile.ts'

test('a Procfile gives the command of each process', () => {
  const commands = readProcfile('web: node src/main.ts\nqueue-2:  node other.ts  \n\n')
  assert.deepEqual(commands, { web: 'node src/main.ts', 'queue-2': 'node other.ts' })
})

test('a Procfile with another line, or without a web process, is refused', () => {
  assert.throws(() => readProcfile('web node src/main.ts'), /"web node src\/main\.ts" is no "name:/)
  assert.throws(() => readProcfile('web:\n'), /is no "name: command"/)
  assert.throws(() => readProcfile('worker: node src/main.ts'), /there is no "web:"/)
})
