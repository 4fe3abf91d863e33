import assert from 'node:assert/strict'
import { test } from 'node:test'
import { found, testLegal, testPlants, withTexts } from '../../test/doctor.ts'

const file = '.elasticbeanstalk/config.global.yml'
const branch = 'Node.js 24 running on 64bit Amazon Linux 2023'

testPlants([
  ['a retired branch', file, branch, branch.replace('24', '20'), 'platform-branch'],
  [
    'a branch that was retired long ago',
    file,
    branch,
    branch.replace('24', '18'),
    'platform-branch'
  ],
  [
    'a Node that does not run the bundle',
    file,
    branch,
    branch.replace('24', '22'),
    'platform-branch'
  ],
  [
    'an old Amazon Linux',
    file,
    branch,
    'Node.js 24 running on 64bit Amazon Linux 2',
    'platform-branch'
  ]
])

test('a retired branch in a saved configuration is found', async () => {
  const path = '.elasticbeanstalk/other.cfg.yml'
  const arn =
    'arn:aws:elasticbeanstalk:eu-west-1::platform/Node.js 20 running on 64bit Amazon Linux 2023/6.1.0'
  const places = await found(withTexts({ [path]: `Platform:\n  PlatformArn: ${arn}\n` }))
  assert.ok(places.includes(`${path}:2 platform-branch`))
})

testLegal([
  ['a newer Node', file, branch, branch.replace('24', '26')],
  [
    'a comment about an old one',
    file,
    branch,
    `${branch} # not Node.js 20 running on 64bit Amazon Linux 2023`
  ]
])
