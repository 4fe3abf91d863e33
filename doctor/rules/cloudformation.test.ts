import assert from 'node:assert/strict'
import { test } from 'node:test'
import { change, found, testLegal, testPlants, where } from '../../test/doctor.ts'

const shared = 'infra/shared.yaml'
const scaling = 'infra/worker-scaling.yaml'
const common = '.ebextensions/10-common.config'

testPlants([
  [
    'a section that is none',
    shared,
    'Outputs:',
    'Output:\n  X: {}\nOutputs:',
    'cloudformation-keys'
  ],
  [
    'a misspelt key of a resource',
    shared,
    'DeletionPolicy: Retain',
    'DeletePolicy: Retain',
    'cloudformation-keys'
  ],
  [
    'a type that is none',
    shared,
    'Type: AWS::SNS::Topic',
    'Type: AWS::SNS::Topics',
    'cloudformation-types'
  ],
  [
    'a misspelt property',
    shared,
    'AutoMinorVersionUpgrade: true',
    'AutoMinorVersionUpgrades: true',
    'cloudformation-properties'
  ],
  [
    'a misspelt property within another',
    shared,
    'Description: MySQL from both tiers',
    'Descriptions: MySQL from both tiers',
    'cloudformation-properties'
  ],
  [
    'a word where a number belongs',
    shared,
    'MessageRetentionPeriod: 345600',
    'MessageRetentionPeriod: 4 days',
    'cloudformation-properties'
  ],
  [
    'a text where a list belongs',
    shared,
    'Roles: [!Ref WebRole]',
    'Roles: web',
    'cloudformation-properties'
  ],
  [
    'a word where true or false belongs',
    shared,
    'CopyTagsToSnapshot: true',
    'CopyTagsToSnapshot: yes please',
    'cloudformation-properties'
  ]
])

test('a mistake in the resources of the bundle is found', async () => {
  const { project, place } = change(common, 'MetricsCollection:', 'MetricCollection:')
  assert.deepEqual(await found(project), [
    `${place} cloudformation-properties`,
    `${where(scaling, 'MetricName: GroupInServiceInstances')} scaling-target`
  ])
})

test('a property that is required and missing is found at its resource', async () => {
  const { project } = change(scaling, '      AutoScalingGroupName: !Ref AutoScalingGroupName\n', '')
  assert.deepEqual(await found(project), [
    `${where(scaling, 'BacklogPerInstance:')} cloudformation-properties`
  ])
})

testLegal([
  [
    'a number in quotes',
    shared,
    'MessageRetentionPeriod: 345600',
    "MessageRetentionPeriod: '345600'"
  ],
  ['true in quotes', shared, 'StorageEncrypted: true', 'StorageEncrypted: "true"'],
  ['a function for a list', shared, 'Roles: [!Ref WebRole]', 'Roles: !Split [",", !Ref MailFrom]'],
  [
    'a function in its long form',
    shared,
    'StorageEncrypted: true',
    'StorageEncrypted: {Ref: MailFrom}'
  ],
  [
    'a type of a team',
    shared,
    'Resources:\n',
    'Resources:\n  Own: {Type: "Custom::Thing", Properties: {Any: 1}}\n'
  ],
  ['tags', shared, 'AutoMinorVersionUpgrade: true', 'Tags: [{Key: a, Value: b}]']
])
