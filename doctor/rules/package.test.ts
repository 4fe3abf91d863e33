import assert from 'node:assert/strict'
import { test } from 'node:test'
import { change, found, repository, testLegal, testPlants, withTexts } from '../../test/doctor.ts'
import { examine } from '../examine.ts'

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
    "import { openLog } from './log.ts'",
    "import 'pino-pretty'\nimport { openLog } from './log.ts'",
    'package-imports'
  ],
  [
    'an import of a part of a package',
    'src/main.ts',
    "import { openLog } from './log.ts'",
    "import x from '@scope/name/part'\nimport { openLog } from './log.ts'",
    'package-imports'
  ],
  [
    'an import when it runs',
    'src/main.ts',
    "import { openLog } from './log.ts'",
    "await import('fauxqs')\nimport { openLog } from './log.ts'",
    'package-imports'
  ]
])

test('a script that comes to a development dependency by another is found', async () => {
  const to = `    "postinstall": "npm run build",\n    "build": "tsc",\n${first}`
  const { project, place } = change(file, first, to)
  assert.deepEqual(await found(project), [`${place} package-scripts`])
})

test('an install script of a program that nothing brings is found', async () => {
  for (const command of ['husky', 'npx husky install', 'CI=1 patch-package && echo done'])
    for (const name of ['prepare', 'preprepare', 'postprepare']) {
      const { project, place } = change(file, first, `    "${name}": "${command}",\n${first}`)
      assert.deepEqual(await found(project), [`${place} package-scripts`], command)
    }
})

test('an install script of a shell is found where its file is not shipped', async () => {
  for (const command of ['sh scripts/x.sh', './scripts/x.sh', 'bash -e ./scripts/x.sh']) {
    const { project, place } = change(file, first, `    "postinstall": "${command}",\n${first}`)
    assert.deepEqual(await found(project), [`${place} package-scripts`], command)
  }
})

test('a package that moved to the development dependencies is told of once', async () => {
  const text = String(repository.texts.get(file))
  const { dependencies, devDependencies, ...rest } = JSON.parse(text)
  const { piscina, ...left } = dependencies
  const moved = { ...rest, dependencies: left, devDependencies: { ...devDependencies, piscina } }
  const reports = await examine(withTexts({ [file]: JSON.stringify(moved, null, 2) }))
  const locks = reports.filter(({ rule }) => rule === 'package-lock').map(({ problem }) => problem)
  const said = `has piscina ${piscina} in dependencies, package.json ${piscina} in devDependencies.`
  assert.deepEqual(locks, [`package-lock.json ${said}`])
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
    'an install script with words of the shell',
    file,
    first,
    `    "postinstall": "if [ -d x ]; then rm -r x; fi; node src/main.ts",\n${first}`
  ],
  [
    'an install script of a production package',
    file,
    first,
    `    "postinstall": "knex --version",\n${first}`
  ],
  [
    'an import of a type',
    'src/main.ts',
    "import { openLog } from './log.ts'",
    "import type { X } from 'fauxqs'\nimport { openLog } from './log.ts'"
  ],
  [
    'an import that a comment names',
    'src/main.ts',
    "import { openLog } from './log.ts'",
    "// as import x from 'fauxqs'\nimport { openLog } from './log.ts'"
  ],
  [
    'an import of Node',
    'src/main.ts',
    "import { openLog } from './log.ts'",
    "import 'node:fs'\nimport { openLog } from './log.ts'"
  ]
])
