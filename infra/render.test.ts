import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { readTierConfig } from '../src/config.ts'
import { renderConfig } from './render.ts'

const read = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8')
const template = (tier: string) => read(`eb/${tier}.cfg.yml`)
const properties = 'aws:elasticbeanstalk:application:environment'
const secrets = 'aws:elasticbeanstalk:application:environmentsecrets'

const secretArn = 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:Database-AbCdEf'
const examples: Record<string, string> = {
  Subnets: 'subnet-a,subnet-b',
  QueueUrl: 'https://sqs.ap-northeast-1.amazonaws.com/123456789012/beanline-Queue-1',
  Bucket: 'beanline-files-1',
  DatabaseHost: 'beanline.abc.ap-northeast-1.rds.amazonaws.com',
  MailFrom: 'noreply@example.jp',
  AlarmMail: 'you@example.jp',
  DeadLetterQueueUrl: 'https://sqs.ap-northeast-1.amazonaws.com/1/jobs-dead',
  MailEventsQueueUrl: 'https://sqs.ap-northeast-1.amazonaws.com/1/mail-events',
  PublicUrl: 'https://jobs.example.jp',
  DatabaseSecretArn: secretArn
}
/** Those that infra/shared.yaml gives out, and no others. */
const outputs: Record<string, string> = Object.fromEntries(
  [...read('shared.yaml').matchAll(/^ {2}(\w+): \{ Value:/gm)]
    .map(([, name]) => name as string)
    .map(name => [name, examples[name] ?? `the-${name}`])
)
const rendered = (tier: string) => renderConfig(template(tier), outputs)

test('the outputs of the stack fill every gap of both configurations', () => {
  for (const tier of ['web', 'worker']) {
    assert.doesNotMatch(rendered(tier), /REPLACE_/)
    assert.match(rendered(tier), /^# /m, 'comments stay')
  }
})

test('a rendered configuration differs from its template in the filled gaps only', () => {
  const worker = parse(rendered('worker'))
  const expected = template('worker').replace(/REPLACE_(\w+)/g, (_, name) => outputs[name] ?? '')
  assert.deepEqual(worker, parse(expected))
  assert.equal(worker.OptionSettings['aws:ec2:vpc'].Subnets, 'subnet-a,subnet-b')
  assert.equal(worker.OptionSettings[secrets].DATABASE_PASSWORD, `${secretArn}:password`)
})

test('each tier starts with the environment of its rendered configuration', () => {
  for (const tier of ['web', 'worker']) {
    const { OptionSettings } = parse(rendered(tier))
    const fetched = Object.keys(OptionSettings[secrets]).map(name => [name, 'from a secret'])
    const config = readTierConfig({ ...OptionSettings[properties], ...Object.fromEntries(fetched) })
    assert.equal(config.TIER, tier)
    for (const password of [config.OPERATOR_PASSWORD, config.VIEWER_PASSWORD])
      assert.equal(password, tier === 'web' ? 'from a secret' : '')
  }
})

test('every missing output is named in one error', () => {
  const { QueueUrl, Bucket, ...rest } = outputs
  assert.throws(() => renderConfig(template('web'), rest), {
    message:
      'The stack has no outputs QueueUrl, Bucket: update it with infra/shared.yaml, and describe it again.'
  })
  assert.throws(() => renderConfig('a: REPLACE_Gone', {}), /no output Gone: /)
})

test('a value keeps its meaning in YAML, whatever is in it', () => {
  for (const value of ['a: b # c', 'true', '0123', '- x', "it's", '"', '$&', '{a}'])
    assert.deepEqual(parse(renderConfig('a: REPLACE_X', { X: value })), { a: value })
})

test('a property that Beanstalk would not take is refused, and named', () => {
  const named = { ...outputs, MailFrom: 'Beanline <noreply@example.jp>' }
  assert.throws(
    () => renderConfig(template('web'), named),
    /^Error: MAIL_FROM can't be "Beanline </
  )
  const long = { ...outputs, PublicUrl: `https://${'a'.repeat(250)}.jp` }
  assert.throws(() => renderConfig(template('web'), long), /^Error: PUBLIC_URL can't be .* 256 /)
  const broken = { ...outputs, ServiceRole: 'a\nb' }
  assert.throws(() => renderConfig(template('web'), broken), /^Error: ServiceRole must be one line/)
})

function render(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'render.ts'), ...args],
    { encoding: 'utf8' }
  )
  return { status, stdout, stderr }
}

test('the command says what it takes, and refuses what is no one file', () => {
  const help = render('--help')
  assert.equal(help.status, 0)
  assert.match(help.stdout, /^npm run -s eb:render -- FILE/)
  for (const args of [[], ['a.json', 'b.json'], ['--wrong']])
    assert.match(render(...args).stderr, /^Name one file with the outputs, or -/)
  assert.match(render(import.meta.dirname).stderr, /infra is a folder: name a file/)
  const gone = render('/nowhere/stack.json')
  assert.match(gone.stderr, /^\/nowhere\/stack.json can't be read: /)
  assert.equal(gone.status, 1)
})
