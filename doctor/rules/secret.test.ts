import assert from 'node:assert/strict'
import { test } from 'node:test'
import { change, found, repository, testLegal, testPlants, withTexts } from '../../test/doctor.ts'

const web = 'infra/eb/web.cfg.yml'
const worker = 'infra/eb/worker.cfg.yml'
const common = '.ebextensions/10-common.config'

testPlants([
  [
    'a password among the plain properties',
    web,
    'TIER: web',
    'TIER: web\n    OPERATOR_PASSWORD: hunter2',
    'property-secrets'
  ],
  [
    'a password in the URL of the database',
    worker,
    'mysql://REPLACE',
    'mysql://root:hunter2@REPLACE',
    'property-secrets'
  ],
  [
    'an environment secret that is no ARN',
    web,
    'API_KEYS: REPLACE_ApiKeysArn',
    'API_KEYS: hunter2',
    'secret-arns'
  ],
  [
    'a database without TLS',
    common,
    'MAX_RECEIVES:',
    'DATABASE_TLS: "off"\n    MAX_RECEIVES:',
    'database-tls'
  ],
  [
    'a Node that checks no certificate',
    common,
    'MAX_RECEIVES:',
    'NODE_TLS_REJECT_UNAUTHORIZED: "0"\n    MAX_RECEIVES:',
    'database-tls'
  ],
  [
    'a database on the instance',
    web,
    'mysql://REPLACE_DatabaseHost/beanline',
    'sqlite:/tmp/jobs',
    'shared-places'
  ],
  ['files on the instance', worker, 's3://REPLACE_Bucket', 'file:/tmp/files', 'shared-places']
])

test('a secret that only its name or its shape betrays is found, and that nothing reads it', async () => {
  const secrets = {
    STRIPE_SECRET_KEY: `sk_live_${'1a'.repeat(4)}`,
    SLACK_TOKEN: 'hunter2',
    HOOK: 'xoxb-1-abc',
    DATABASE_URL2: 'mysql://u:pw@h/d',
    SMTP_PASSWORD: 'a:b'
  }
  for (const [name, value] of Object.entries(secrets)) {
    const line = `${name}: "${value}"\n    MAX_RECEIVES:`
    const { project, place } = change(common, 'MAX_RECEIVES:', line)
    const rules = ['property-known', 'property-secrets']
    assert.deepEqual(
      await found(project),
      rules.map(rule => `${place} ${rule}`),
      name
    )
  }
})

test('an access key in a file of the bundle is found', async () => {
  const key = `AKIA${'ABCDEFGH'.repeat(2)}`
  const project = withTexts({ 'src/main.ts': `// one\nconst key = '${key}'\n` })
  assert.deepEqual(await found(project), ['src/main.ts:2 bundle-secrets'])
})

test('a file for secrets in the bundle is found', async () => {
  for (const path of ['.env', 'src/server.pem', '.env.production', 'id_rsa']) {
    const project = { ...repository, bundle: [...repository.bundle, path] }
    assert.deepEqual(await found(project), [`${path}:1 bundle-secrets`])
  }
})

test('an example of .env is no secret', async () => {
  const project = { ...repository, bundle: [...repository.bundle, '.env.example', 'src/env.ts'] }
  assert.deepEqual(await found(project), [])
})

testLegal([
  ['a number of tokens', common, 'NODE_ENV: production', 'AWS_SDK_TOKEN_SECONDS: "30"'],
  [
    'the ARN of a secret',
    web,
    'REPLACE_ApiKeysArn',
    'arn:aws:secretsmanager:eu-west-1:123456789012:secret:keys-AbCdEf'
  ],
  [
    'the ARN of a parameter',
    web,
    'REPLACE_ApiKeysArn',
    'arn:aws:ssm:eu-west-1:123456789012:parameter/keys'
  ],
  ['TLS that is switched on', common, 'MAX_RECEIVES:', 'DATABASE_TLS: verify\n    MAX_RECEIVES:']
])
