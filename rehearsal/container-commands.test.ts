import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { commandsIn, readContainerCommands } from './container-commands.ts'

test('container commands run in the order of their names', () => {
  const text = `container_commands:
  20_second: {command: [echo, two words]}
  10_first: {command: echo one, leader_only: true}
`
  assert.deepEqual(commandsIn(text), [
    { name: '10_first', command: 'echo one', isForLeader: true },
    { name: '20_second', command: 'echo two words', isForLeader: false }
  ])
  assert.deepEqual(commandsIn('option_settings: {}\n'), [])
})

test('our own are the migration, on the leader', () => {
  const [migrate, ...others] = readContainerCommands(join(import.meta.dirname, '..'))
  assert.deepEqual(others, [])
  assert.match(migrate?.command ?? '', /migrate/)
  assert.equal(migrate?.isForLeader, true)
})
