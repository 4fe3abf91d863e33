import assert from 'node:assert/strict'
import { test } from 'node:test'
import { found, type Plant, testLegal, testPlants, withTexts } from '../../test/doctor.ts'

const line = 'web: node src/main.ts'

testPlants([
  ['a line without a name', 'Procfile', line, 'node src/main.ts', 'procfile-form'],
  ['a comment', 'Procfile', line, `${line}\n# two`, 'procfile-form'],
  ['no process for web', 'Procfile', line, 'worker: node src/main.ts', 'procfile-form'],
  ...['npm start', 'npx src/main.ts', 'yarn start', 'pnpm start'].map(
    (command): Plant => [
      `a start by ${command}`,
      'Procfile',
      line,
      `web: ${command}`,
      'procfile-command'
    ]
  ),
  ['a port of its own', 'Procfile', line, 'web: PORT=3000 node src/main.ts', 'procfile-command'],
  ['a watching node', 'Procfile', line, 'web: node --watch src/main.ts', 'procfile-command'],
  ['a start by a shell', 'Procfile', line, 'web: sh start.sh', 'procfile-command'],
  ['a start by a file', 'Procfile', line, 'web: ./src/main.ts', 'procfile-command'],
  [
    'a start after something else',
    'Procfile',
    line,
    'web: node src/migrate.ts && node src/main.ts',
    'procfile-command'
  ],
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
