import assert from 'node:assert/strict'
import { test } from 'node:test'
import { change, found, testLegal, testPlants, where } from '../../test/doctor.ts'

const common = '.ebextensions/10-common.config'
const migrate = 'command: node src/migrate.ts'

testPlants([
  ['a command of no file', common, migrate, 'command: node src/migrat.ts', 'container-commands'],
  [
    'a command of a development dependency',
    common,
    'container_commands:\n',
    'container_commands:\n  05_build: { command: npx tsc }\n',
    'container-commands'
  ]
])

test('a migration on every instance is found', async () => {
  const { project } = change(common, '    leader_only: true\n', '')
  assert.deepEqual(await found(project), [`${where(common, migrate)} migration`])
})

test('a bundle that never migrates is found', async () => {
  const { project } = change(common, migrate, 'command: echo done')
  assert.deepEqual(await found(project), [`${common}:1 migration`])
})

testLegal([
  [
    'a command of the system',
    common,
    'container_commands:\n',
    'container_commands:\n  05_time: { command: "timedatectl status | head -1" }\n'
  ]
])
