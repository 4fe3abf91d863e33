import assert from 'node:assert/strict'
import { test } from 'node:test'
import { change, found, testLegal, testPlants, where } from '../../test/doctor.ts'

const web = 'infra/eb/web.cfg.yml'
const worker = 'infra/eb/worker.cfg.yml'
const shared = 'infra/shared.yaml'
const policy = 'DeploymentPolicy: RollingWithAdditionalBatch'

testPlants([
  [
    'an immutable deploy of a bundle with resources',
    worker,
    policy,
    'DeploymentPolicy: Immutable',
    'deployment-policy'
  ],
  [
    'a split of traffic that a worker has none of',
    worker,
    policy,
    'DeploymentPolicy: TrafficSplitting',
    'deployment-policy'
  ],
  ['a single instance for web', web, "MinSize: '2'", "MinSize: '1'", 'availability'],
  ['a single subnet', worker, 'Subnets: REPLACE_Subnets', 'Subnets: subnet-1', 'availability'],
  [
    'a single subnet of the load balancer',
    web,
    'ELBSubnets: REPLACE_Subnets',
    'ELBSubnets: subnet-1',
    'availability'
  ],
  ['a database without a standby', shared, 'MultiAZ: true', 'MultiAZ: false', 'availability'],
  ['more instances at least than at most', worker, "MinSize: '2'", "MinSize: '9'", 'group-sizes'],
  ['a batch larger than the group', web, "BatchSize: '1'", "BatchSize: '10'", 'group-sizes'],
  [
    'a web tier that stops for a deploy',
    web,
    policy,
    'DeploymentPolicy: AllAtOnce',
    'deployment-policy'
  ]
])

test('a rolling deploy of a single instance is found', async () => {
  const { project } = change(
    worker,
    'EnvironmentType: LoadBalanced',
    'EnvironmentType: SingleInstance'
  )
  assert.deepEqual(await found(project), [`${where(worker, policy)} deployment-policy`])
})

test('a group without a MinSize is found', async () => {
  const { project } = change(web, "    MinSize: '2'\n", '')
  assert.deepEqual(await found(project), [`${where(web, 'MinSize')} availability`])
})

testLegal([
  ['another policy', worker, policy, 'DeploymentPolicy: Rolling'],
  ['all at once', worker, policy, 'DeploymentPolicy: AllAtOnce'],
  ['a split of traffic on web', web, policy, 'DeploymentPolicy: TrafficSplitting'],
  ['two subnets', worker, 'Subnets: REPLACE_Subnets', 'Subnets: "subnet-1, subnet-2"'],
  ['more instances', web, "MinSize: '2'", 'MinSize: 3']
])
