import assert from 'node:assert/strict'
import { test } from 'node:test'
import { change, found, repository, testPlants } from '../../test/doctor.ts'

test('the repository as it is has no mistake', async () => {
  assert.deepEqual(await found(repository), [])
})

testPlants([
  [
    'a tab in the indentation',
    '.ebextensions/30-worker-sqsd.config',
    '    HttpPath: /',
    '\t  HttpPath: /',
    'yaml-syntax'
  ],
  ['a schedule without quotes', 'cron.yaml', '"* * * * *"', '* * * * *', 'yaml-syntax'],
  [
    'a key that is given twice',
    '.ebextensions/30-worker-sqsd.config',
    '    ConnectTimeout: 10',
    '    HttpPath: /\n    ConnectTimeout: 10',
    'yaml-duplicate-keys'
  ],
  [
    'a property of a resource that is given twice',
    'infra/shared.yaml',
    '      MessageRetentionPeriod: 345600',
    '      VisibilityTimeout: 720\n      MessageRetentionPeriod: 345600',
    'yaml-duplicate-keys'
  ]
])

test('while a file is no YAML, nothing is said about the others', async () => {
  const { project } = change('.ebextensions/30-worker-sqsd.config', 'HttpPath: /', 'HttpPath: [')
  const texts = new Map(project.texts).set('Procfile', 'web')
  const places = await found({ ...project, texts })
  assert.ok(places.every(place => place.endsWith('yaml-syntax')) && places.length > 0)
})
