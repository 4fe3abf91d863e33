import assert from 'node:assert/strict'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openFolder } from '../test/line.ts'
import { readDeclared } from './rule.ts'

const template = 'infra/worker-scaling.yaml'
const configuration = 'infra/eb/worker.cfg.yml'
const bundled = '.ebextensions/30-worker-sqsd.config'

const files = {
  [template]: `
Parameters:
  Group: {Type: String}
  Target: {Type: Number, Default: 30}
Resources:
  Policy:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      AutoScalingGroupName: !Ref Group
      EstimatedInstanceWarmup: 200
      TargetTrackingConfiguration: {TargetValue: 24}
`,
  [configuration]: `
OptionSettings:
  aws:autoscaling:asg: {MinSize: '2', MaxSize: '6'}
`,
  [bundled]: 'option_settings: {"aws:elasticbeanstalk:sqsd": {HttpConnections: 7}}'
}

function deployment(t: TestContext, changes: Record<string, string> = {}) {
  const root = openFolder(t)
  for (const [name, text] of Object.entries({ ...files, ...changes })) {
    mkdirSync(join(root, dirname(name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  return root
}

test('the rule is what the files declare', t => {
  assert.deepEqual(readDeclared(deployment(t)), {
    ...{ targetValue: 24, warmupSeconds: 200, minSize: 2, maxSize: 6, httpConnections: 7 }
  })
})

test('a parameter stands for its default, and a saved configuration wins over .ebextensions', t => {
  const root = deployment(t, {
    [template]: files[template]?.replace('TargetValue: 24', 'TargetValue: !Ref Target') ?? '',
    [configuration]: `${files[configuration]}  aws:elasticbeanstalk:sqsd: {HttpConnections: '3'}`
  })
  const { targetValue, httpConnections } = readDeclared(root)
  assert.deepEqual({ targetValue, httpConnections }, { targetValue: 30, httpConnections: 3 })
})

test('what is no number is named, with its file', t => {
  const unset = files[template]?.replace('TargetValue: 24', 'TargetValue: !Ref Group') ?? ''
  assert.throws(
    () => readDeclared(deployment(t, { [template]: unset })),
    /infra\/worker-scaling.yaml: TargetValue is !Ref Group; set it to a number./
  )
  const placeholder = files[configuration]?.replace("'6'", 'REPLACE_Most') ?? ''
  assert.throws(
    () => readDeclared(deployment(t, { [configuration]: placeholder })),
    /infra\/eb\/worker.cfg.yml: MaxSize is REPLACE_Most/
  )
})

test('a file that is missing is named, and so is a template without a policy', t => {
  const root = deployment(t)
  rmSync(join(root, configuration))
  assert.throws(() => readDeclared(root), /worker.cfg.yml is not there/)
  const none = deployment(t, { [template]: 'Resources: {}' })
  assert.throws(() => readDeclared(none), /has no AWS::AutoScaling::ScalingPolicy/)
})

test('this deployment has at least two instances, and a rule', () => {
  const rule = readDeclared(join(import.meta.dirname, '..'))
  assert.ok(rule.minSize >= 2, 'one instance would be a single point of failure')
  assert.ok(rule.maxSize > rule.minSize)
})
