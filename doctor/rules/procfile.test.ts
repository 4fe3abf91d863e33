import assert from 'node:assert/strict'
import { test } from 'node:test'
import { found, testLegal, testPlants, withTexts } from '../../test/doctor.ts'

const line = 'web: node src/main.ts'

testPlants([
  ['a line without a name', 'Procfile', line, 'node src/main.ts', 'procfile-form'],
  ['a comment', 'Procfile', line, `${line}\n# two`, 'procfile-form'],
  ['no process for web', 'Procfile', line, 'worker: node src/main.ts', 'procfile-form'],
  ['a start through npm', 'Procfile', line, 'web: npm start', 'procfile-command'],
  ['a file that is not there', 'Procfile', line, 'web: node dist/main.js', 'procfile-command']
])

test('a missing Procfile is found', async () => {
  assert.deepEqual(await found(withTexts({ Procfile: null })), ['Procfile:1 procfile-form'])
})

testLegal([
  ['a flag of node', 'Procfile', line, 'web: node --enable-source-maps src/main.ts'],
  ['a variable before it', 'Procfile', line, 'web: TZ=UTC node ./src/main.ts'],
  ['a second process', 'Procfile', line, `${line}\nother: node src/sqsd/main.ts --help\n\n`]
])
