import assert from 'node:assert/strict'
import { test } from 'node:test'
import { change, found, testLegal, testPlants, withTexts } from '../../test/doctor.ts'

const file = 'package.json'
const first = '    "start": '

testPlants([
  [
    'a prepare script that needs TypeScript',
    file,
    first,
    `    "prepare": "tsc",\n${first}`,
    'package-scripts'
  ],
  [
    'a postinstall script of a file that is not shipped',
    file,
    first,
    `    "postinstall": "node test/run.ts",\n${first}`,
    'package-scripts'
  ],
  ['another version than the locked one', file, '"undici": "8', '"undici": "9', 'package-lock'],
  [
    'a dependency that is not locked',
    file,
    '    "yaml":',
    '    "left-pad": "1.3.0",\n    "yaml":',
    'package-lock'
  ],
  [
    'an import of a development dependency',
    'src/main.ts',
    "import { pino } from 'pino'",
    "import 'pino-pretty'\nimport { pino } from 'pino'",
    'package-imports'
  ],
  [
    'an import of a part of a package',
    'src/main.ts',
    "import { pino } from 'pino'",
    "import x from '@scope/name/part'\nimport { pino } from 'pino'",
    'package-imports'
  ],
  [
    'an import when it runs',
    'src/main.ts',
    "import { pino } from 'pino'",
    "await import('fauxqs')\nimport { pino } from 'pino'",
    'package-imports'
  ]
])

test('a script that comes to a development dependency by another is found', async () => {
  const to = `    "postinstall": "npm run build",\n    "build": "tsc",\n${first}`
  const { project, place } = change(file, first, to)
  assert.deepEqual(await found(project), [`${place} package-scripts`])
})

test('a missing lock file is found', async () => {
  const places = await found(withTexts({ 'package-lock.json': null }))
  assert.deepEqual(
    places.map(place => place.split(' ')[1]),
    ['package-lock']
  )
})

testLegal([
  ['a script for developers', file, first, `    "build": "tsc",\n${first}`],
  ['an install script of the system', file, first, `    "postinstall": "echo done",\n${first}`],
  [
    'an import of a type',
    'src/main.ts',
    "import { pino } from 'pino'",
    "import type { X } from 'fauxqs'\nimport { pino } from 'pino'"
  ],
  [
    'an import that a comment names',
    'src/main.ts',
    "import { pino } from 'pino'",
    "// as import x from 'fauxqs'\nimport { pino } from 'pino'"
  ],
  [
    'an import of Node',
    'src/main.ts',
    "import { pino } from 'pino'",
    "import 'node:fs'\nimport { pino } from 'pino'"
  ]
])
