import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readConfig, readDatabaseConfig, readTier } from './config.ts'

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
  assert.equal(readTier({ TIER: 'worker' }), 'worker')
  for (const TIER of [undefined, '', 'both'])
    assert.throws(() => readTier({ TIER }), /TIER .*web or worker/)
})

test('.env.example has every variable', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
  for (const name of ['TIER', ...Object.keys(readConfig(good))])
    assert.match(example, new RegExp(`^${name}=`, 'm'))
})
