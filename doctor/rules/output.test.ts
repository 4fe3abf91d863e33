import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderConfig } from '../../infra/render.ts'
import { found, repository, testLegal, testPlants, withTexts } from '../../test/doctor.ts'
import { outputs } from '../template.ts'

const web = 'infra/eb/web.cfg.yml'

testPlants([
  ['a placeholder without an output', web, 'REPLACE_MailFrom', 'REPLACE_MailForm', 'placeholders']
])

testLegal([
  ['a placeholder in a comment', web, 'OptionSettings:', '# REPLACE_Anything\nOptionSettings:']
])

test('a placeholder that was not filled in is found', async () => {
  const path = '.elasticbeanstalk/saved_configs/web.cfg.yml'
  const filled = String(repository.texts.get(web)).replaceAll('REPLACE_', '')
  const text = filled.replace('VPCId: VpcId', 'VPCId: REPLACE_VpcId')
  const places = await found(withTexts({ [path]: text }))
  const line = text.split('\n').findIndex(other => other.includes('REPLACE_')) + 1
  assert.ok(places.includes(`${path}:${line} rendered`))
})

test('configurations that were rendered from the outputs of a stack have no mistake', async () => {
  const arn = 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:name-AbCdEf'
  const values: Record<string, string> = {
    Bucket: 'files',
    CertificateArn: 'arn:aws:acm:ap-northeast-1:123456789012:certificate/1',
    AlarmMail: 'you@example.jp',
    DatabaseHost: 'db.example.ap-northeast-1.rds.amazonaws.com',
    DeadLetterQueueUrl: 'https://sqs.ap-northeast-1.amazonaws.com/123456789012/dead',
    MailEventsQueueUrl: 'https://sqs.ap-northeast-1.amazonaws.com/123456789012/mail-events',
    MailFrom: 'noreply@example.jp',
    PublicUrl: 'https://jobs.example.jp',
    QueueUrl: 'https://sqs.ap-northeast-1.amazonaws.com/123456789012/jobs',
    Subnets: 'subnet-1,subnet-2'
  }
  const standard = (name: string) => (name.endsWith('Arn') ? arn : `the-${name}`)
  const all = outputs(repository).map(name => [name, values[name] ?? standard(name)])
  const render = (name: string) =>
    renderConfig(String(repository.texts.get(`infra/eb/${name}`)), Object.fromEntries(all))
  const names = ['web.cfg.yml', 'worker.cfg.yml']
  const texts = names.map(name => [`.elasticbeanstalk/saved_configs/${name}`, render(name)])
  assert.deepEqual(await found(withTexts(Object.fromEntries(texts))), [])
})
