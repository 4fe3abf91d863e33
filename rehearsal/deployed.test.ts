import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { readTierConfig } from '../src/config.ts'
import { readCommand } from '../src/sqsd/command.ts'
import { deployedSettings, propertiesOf, sqsdFlags } from './deployed.ts'
import { outputsOf, readStack, secretsOf } from './stack.ts'

const root = join(import.meta.dirname, '..')
const stack = readStack(root)
const outputs = outputsOf(stack, {
  queueUrl: 'http://127.0.0.1:1/0/jobs',
  deadUrl: 'http://127.0.0.1:1/0/jobs-dead',
  mailEventsUrl: 'http://127.0.0.1:1/0/mail-events',
  bucket: 'files',
  databaseHost: '127.0.0.1:3306',
  publicUrl: 'http://127.0.0.1'
})
const secrets = secretsOf({ username: 'someone', password: 'secret' })

test('what is deployed is all that a tier needs', () => {
  for (const tier of ['web', 'worker'] as const) {
    const properties = propertiesOf(deployedSettings(root, root, tier, outputs), secrets)
    const config = readTierConfig(properties)
    assert.equal(config.TIER, tier)
    assert.equal(config.DATABASE_USER, 'someone')
    assert.equal(config.DATABASE_PASSWORD, 'secret')
    assert.equal(properties['NODE_ENV'], 'production')
  }
})

test('sqsd takes the deployed options as its flags', () => {
  const flags = sqsdFlags(deployedSettings(root, root, 'worker', outputs))
  const command = readCommand(flags, {})
  assert.ok(typeof command === 'object')
  assert.deepEqual(command.warnings, [])
  assert.equal(command.settings.queueUrl, 'http://127.0.0.1:1/0/jobs')
  assert.equal(command.settings.visibilityTimeoutSeconds, 720)
  assert.equal(command.settings.errorVisibilityTimeoutSeconds, 30)
})

test('a property that only CloudFormation can know, and a secret that is not there, are errors', () => {
  const setting = (value: string) => ({ value, file: 'a.config', line: 1 })
  const place = '`{"Fn::GetAtt":["Queue","Arn"]}`'
  const plain = { 'aws:elasticbeanstalk:application:environment': { QUEUE: setting(place) } }
  assert.throws(() => propertiesOf(plain, {}), /^Error: QUEUE is .* only CloudFormation/)
  const hidden = {
    'aws:elasticbeanstalk:application:environmentsecrets': { KEY: setting('arn:none') }
  }
  assert.throws(() => propertiesOf(hidden, {}), /KEY: there is no secret arn:none/)
})

test('the queue is made as the stack makes it', () => {
  assert.equal(stack.maxReceives, 5)
  assert.equal(stack.queueAttributes['VisibilityTimeout'], '720')
})
