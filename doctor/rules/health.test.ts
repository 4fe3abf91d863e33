import assert from 'node:assert/strict'
import { test } from 'node:test'
import { change, found, testLegal, testPlants, where } from '../../test/doctor.ts'

const web = 'infra/eb/web.cfg.yml'
const worker = 'infra/eb/worker.cfg.yml'
const enhanced = 'SystemType: enhanced'

testPlants([
  ['a web tier with basic health', web, enhanced, 'SystemType: basic', 'health-reporting'],
  ['a ConfigDocument that is broken', worker, '{"Version":1,', '{"Version":1', 'health-reporting'],
  ['a worker whose 4xx count', worker, '"Enabled":false', '"Enabled":true', 'health-reporting']
])

test('a worker without a ConfigDocument is found', async () => {
  const { project } = change(worker, /^ +ConfigDocument:.*\n/m, '')
  const place = where(worker, enhanced)
  assert.deepEqual(await found(project), [`${place} health-reporting`])
})

testLegal([['a word in capitals', worker, enhanced, 'SystemType: ENHANCED']])
