import assert from 'node:assert/strict'
import { test } from 'node:test'
import { change, found, testLegal, testPlants, where } from '../../test/doctor.ts'

const scaling = 'infra/worker-scaling.yaml'
const worker = 'infra/eb/worker.cfg.yml'
const common = '.ebextensions/10-common.config'

testPlants([
  [
    'a backlog that is multiplied by the instances',
    'infra/worker-scaling.yaml',
    'waiting / instances',
    'waiting * instances',
    'scaling-target'
  ],
  ['a target of 0', scaling, /TargetValue: \d+/, 'TargetValue: 0', 'scaling-target'],
  [
    'a trigger that can fire',
    worker,
    "UpperThreshold: '100'",
    "UpperThreshold: '70'",
    'scaling-trigger'
  ],
  [
    'a trigger of the network',
    worker,
    'MeasureName: CPUUtilization',
    'MeasureName: NetworkOut',
    'scaling-trigger'
  ]
])

test('a metric that no group reports is found', async () => {
  const { project } = change(common, '[GroupInServiceInstances]', '[GroupMaxSize]')
  assert.deepEqual(await found(project), [
    `${where(scaling, 'MetricName: GroupInServiceInstances')} scaling-target`
  ])
})

testLegal([
  ['another target', scaling, /TargetValue: \d+/, 'TargetValue: "12.5"'],
  [
    'a group that reports all',
    common,
    'Metrics: [GroupInServiceInstances]',
    'Metrics:\n            - GroupInServiceInstances\n            - GroupMaxSize'
  ]
])
