import assert from 'node:assert/strict'
import { test } from 'node:test'
import { change, found, testLegal, testPlants, where } from '../../test/doctor.ts'
import { examine } from '../examine.ts'

const bundle = '.ebextensions/30-worker-sqsd.config'
const worker = 'infra/eb/worker.cfg.yml'

testPlants([
  [
    'a time that was changed in the bundle alone',
    bundle,
    'InactivityTimeout: 630',
    'InactivityTimeout: 900',
    'sqsd-copies'
  ]
])

test('a time that was changed in the saved configuration alone is found in the bundle', async () => {
  const { project } = change(worker, "InactivityTimeout: '630'", "InactivityTimeout: '640'")
  const place = where(bundle, 'InactivityTimeout: 630')
  assert.deepEqual(await found(project), [`${place} sqsd-copies`])
  const [report] = await examine(project)
  const winner = where(worker, 'InactivityTimeout')
  assert.equal(report?.problem, `InactivityTimeout is 630 here, and 640 in ${winner}, which wins.`)
})

testLegal([
  ['a setting that stands in the bundle alone', worker, '    MimeType: application/json\n', '']
])
