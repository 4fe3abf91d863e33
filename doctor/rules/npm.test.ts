import assert from 'node:assert/strict'
import { test } from 'node:test'
import { change, found, testLegal, testPlants } from '../../test/doctor.ts'

const common = '.ebextensions/10-common.config'
const ignored = 'NPM_CONFIG_IGNORE_SCRIPTS: "true"'

testPlants([
  [
    'a script of a package that npm runs',
    common,
    ignored,
    ignored.replace('true', 'false'),
    'npm-settings'
  ],
  [
    'a production with all packages',
    common,
    ignored,
    `NPM_USE_PRODUCTION: "false"\n    ${ignored}`,
    'npm-settings'
  ]
])

test('scripts that nothing keeps npm from are found in both tiers', async () => {
  const places = await found(change(common, `    ${ignored}\n`, '').project)
  assert.deepEqual(
    places.map(place => place.replace(/:\d+/, '')),
    ['infra/eb/web.cfg.yml npm-settings', 'infra/eb/worker.cfg.yml npm-settings']
  )
})

testLegal([
  ['npm told the same twice', common, ignored, `NPM_USE_PRODUCTION: "true"\n    ${ignored}`]
])
