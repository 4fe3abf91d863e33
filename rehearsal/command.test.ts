import assert from 'node:assert/strict'
import { test } from 'node:test'
import { helpText, missingPrograms, readCommand } from './command.ts'

test('a step can be chosen by its name, and a wrong one is a sentence with the right ones', () => {
  const nothing = { only: undefined, isKept: false, isHelp: false }
  assert.deepEqual(readCommand([], ['form', 'long']), nothing)
  const chosen = readCommand(['--only', 'long', '--keep'], ['form', 'long'])
  assert.deepEqual(chosen, { only: 'long', isKept: true, isHelp: false })
  assert.throws(
    () => readCommand(['--only', 'x'], ['form', 'long']),
    /The steps are: form, long\.$/
  )
  assert.throws(() => readCommand(['--wrong'], []), /see npm run rehearse -- --help\.$/)
})

test('missing programs are one sentence with the command that installs them', () => {
  const find = (name: string) => (name.startsWith('mariadb') ? undefined : `/usr/bin/${name}`)
  assert.equal(
    missingPrograms(find),
    'The rehearsal needs mariadbd, mariadb-install-db: apt-get install mariadb-server'
  )
  assert.equal(
    missingPrograms(() => '/usr/bin/x'),
    undefined
  )
})

test('the help names each step and what to install', () => {
  const help = helpText([{ name: 'long', title: 'a job of 61 s' }])
  assert.match(help, /^ {2}long +a job of 61 s$/m)
  assert.match(help, /apt-get install git mariadb-server nginx-light/)
})
