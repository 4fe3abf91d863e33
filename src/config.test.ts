import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import {
  readConfig,
  readDatabaseConfig,
  readLocalConfig,
  readTierConfig,
  tierVariables
} from './config.ts'

const good = {
  DATABASE_URL: 'mysql://db/beanline',
  QUEUE_URL: 'https://sqs.ap-northeast-1.amazonaws.com/1/jobs',
  STORAGE_URL: 's3://files',
  MAIL_FROM: 'Beanline <noreply@example.jp>',
  PUBLIC_URL: 'https://jobs.example.jp'
}

test('defaults fill in what is not set, and numbers are numbers', () => {
  const config = readConfig({ ...good, PORT: '9000', LOG_LEVEL: '' })
  assert.equal(config.PORT, 9000)
  assert.equal(config.LOG_LEVEL, 'info')
  assert.equal(config.MAX_RECEIVES, 5)
  assert.equal(config.API_KEYS, '')
})

test('one error names every wrong variable, and shows no secret', () => {
  const wrong = { ...good, PORT: 'eighty', MAIL_FROM: 'x', DATABASE_URL: 'postgres://u:hunter2@db' }
  assert.throws(
    () => readConfig({ ...wrong, QUEUE_URL: '' }),
    ({ message }: Error) =>
      ['PORT', 'MAIL_FROM', 'DATABASE_URL', 'QUEUE_URL is not set'].every(part =>
        message.includes(part)
      ) && !message.includes('hunter2')
  )
})

test('a number is the whole text or none', () => {
  for (const PORT of ['3000.5', '0x10', '1e3', '-1', '70000'])
    assert.throws(() => readConfig({ ...good, PORT }), /PORT is ".*": set it to a port number/)
})

test('a migration asks for the database only', () => {
  assert.equal(readDatabaseConfig({ DATABASE_URL: 'sqlite:x' }).DATABASE_TLS, 'verify')
  assert.throws(
    () => readDatabaseConfig({}),
    /^Error: [^\n]+\n {2}DATABASE_URL is not set: [^\n]+$/
  )
})

test('a tier must be chosen', () => {
  assert.equal(readTierConfig({ ...good, TIER: 'worker' }).TIER, 'worker')
  for (const TIER of [undefined, '', 'both'])
    assert.throws(() => readTierConfig({ ...good, TIER }), /TIER .*web or worker/)
})

test('the tier is named together with every other wrong variable', () => {
  assert.throws(() => readTierConfig({ ...good, PORT: 'x' }), /TIER is not set.*PORT is "x"/s)
})

const unusable: Record<string, string[]> = {
  DATABASE_URL: [
    'mysql://u:hunter2@db',
    'mysql://u:hunter2@db/',
    'mysql://u:hunter2@db/a/b',
    'mysql://u:hunter2%@db/beanline',
    'mysql://u:hunter2@db:port/beanline',
    'mysql:///beanline',
    'sqlite:'
  ],
  QUEUE_URL: ['http://[bad', 'sqs', 'ftp://example.jp/queue'],
  STORAGE_URL: ['s3://', 's3://[bad', 's3:///prefix', 'file:', 'ftp://files'],
  PUBLIC_URL: ['http://[bad', 'https://x.jp/app', 'https://x.jp/?a', 'https://u@x.jp', 'x.jp'],
  WEBHOOK_ALLOW: ['10.0.0.1', '10.0.0.0/33', 'receiver.example/32', 'fd00::/129'],
  AWS_REGION: ['Tokyo 1'],
  AWS_ENDPOINT_URL_SQS: ['127.0.0.1:4566', 'http://[bad'],
  AWS_ENDPOINT_URL_S3: ['s3'],
  AWS_ENDPOINT_URL_SES: ['http://']
}
for (const [name, values] of Object.entries(unusable))
  test(`a ${name} that can't be used is refused with a sentence`, () => {
    for (const value of values)
      assert.throws(
        () => readConfig({ ...good, [name]: value }),
        ({ message }: Error) =>
          new RegExp(`^The conf[^\\n]+\\n  ${name} (is|has) [^\\n]+: set it to [^\\n]+\\.$`).test(
            message
          ) && !message.includes('hunter2'),
        value
      )
  })

test('a password may have any character, percent-encoded', () => {
  const DATABASE_URL = 'mysql://u:%40%2F%25@db:3307/beanline'
  assert.equal(readConfig({ ...good, DATABASE_URL }).DATABASE_URL, DATABASE_URL)
})

test('.env.example shows the default of each variable of a tier', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
  for (const { name, standard = '' } of tierVariables)
    assert.match(example, new RegExp(`^${name}=${standard}$`, 'm'))
})

test('.env.example has every variable', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
  const tier = readTierConfig({ ...good, TIER: 'web' })
  for (const name of Object.keys({ ...tier, ...readLocalConfig({}) }))
    assert.match(example, new RegExp(`^${name}=`, 'm'))
})
