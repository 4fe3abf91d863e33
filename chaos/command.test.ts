import assert from 'node:assert/strict'
import { test } from 'node:test'
import { helpText, obstacle, readCommand } from './command.ts'
import { scenarios } from './scenarios.ts'

const read = (...args: string[]) => {
  const { chosen, seeds } = readCommand(args, scenarios)
  return { names: chosen.map(({ name }) => name), seeds }
}

test('without a word all scenarios are played, with the same seed each time', () => {
  assert.deepEqual(read(), { names: scenarios.map(({ name }) => name), seeds: [1] })
})

test('some scenarios and several seeds can be chosen', () => {
  assert.deepEqual(read('sqs', 'kill', '--seeds', '1,2,3'), {
    ...{ names: ['kill', 'sqs'], seeds: [1, 2, 3] }
  })
  assert.deepEqual(read('--seed', '7').seeds, [7])
})

test('what can’t be understood is refused with what would be', () => {
  assert.throws(() => read('flood'), /no scenario "flood"\. The scenarios are: kill, /)
  assert.throws(() => read('--seed', 'x'), /"x" is no seed: give a whole number/)
  assert.throws(() => read('--quick'), /--quick.*see npm run chaos -- --help/)
})

test('a machine without MariaDB, or other than Linux, is told so', () => {
  assert.match(String(obstacle('linux', () => undefined)), /apt-get install mariadb-server/)
  const half = (name: string) => (name === 'mariadbd' ? '/usr/sbin/mariadbd' : undefined)
  assert.match(String(obstacle('linux', half)), /apt-get install mariadb-server/)
  assert.match(String(obstacle('darwin', () => '/usr/sbin/mariadbd')), /needs Linux/)
  assert.equal(
    obstacle('linux', () => '/usr/sbin/mariadbd'),
    undefined
  )
})

test('the help names every scenario', () => {
  const help = helpText(scenarios)
  for (const { name, title } of scenarios) assert.ok(help.includes(name) && help.includes(title))
})
