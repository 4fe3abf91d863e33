import assert from 'node:assert/strict'
import { test } from 'node:test'
import { change, found, testLegal, testPlants, withTexts } from '../../test/doctor.ts'
import { examine } from '../examine.ts'

const web = 'infra/eb/web.cfg.yml'
const logs = '.ebextensions/20-observability.config'
const sqsd = '.ebextensions/30-worker-sqsd.config'

testPlants([
  [
    'a namespace of an old platform',
    logs,
    'option_settings:\n',
    'option_settings:\n  aws:elasticbeanstalk:container:nodejs: {NodeCommand: npm start}\n',
    'option-namespaces'
  ],
  [
    'a misspelt namespace',
    web,
    '  aws:autoscaling:trigger:',
    '  aws:autoscaling:triggers:',
    'option-namespaces'
  ],
  ['a misspelt option', sqsd, '    MimeType:', '    MimeTyp:', 'option-names'],
  [
    'an option of another namespace',
    sqsd,
    '    MimeType:',
    '    IdleTimeout: 55\n    MimeType:',
    'option-names'
  ],
  [
    'a number out of its range',
    sqsd,
    'HttpConnections: 5',
    'HttpConnections: 101',
    'option-values'
  ],
  ['a word that is none', logs, 'StreamLogs: true', 'StreamLogs: yes please', 'option-values'],
  [
    'a retention that CloudWatch lacks',
    logs,
    'RetentionInDays: 30',
    'RetentionInDays: 31',
    'option-values'
  ],
  ['a time that is none', logs, '"Mon:18:00"', '"Mon:24:00"', 'option-values'],
  [
    'a policy that is none',
    web,
    'RollingWithAdditionalBatch',
    'RollingWithExtraBatch',
    'option-values'
  ],
  ['an option of a listener', web, 'SSLPolicy:', 'SslPolicies:', 'option-names']
])

test('the right name of a misspelt option is told', async () => {
  const told = async (from: string, to: string) =>
    (await examine(change(sqsd, from, to).project))[0]?.fix
  assert.equal(await told('MimeType:', 'MimeTyp:'), 'write MimeType.')
  assert.equal(await told('HttpConnections:', 'HTTPConnections:'), 'write HttpConnections.')
  assert.equal(
    await told('aws:elasticbeanstalk:sqsd', 'aws:elasticbeanstalk:sqs'),
    'write aws:elasticbeanstalk:sqsd.'
  )
})

testLegal([
  ['a number in quotes', sqsd, 'HttpConnections: 5', 'HttpConnections: "5"'],
  ['a word in another case', logs, 'StreamLogs: true', 'StreamLogs: True'],
  [
    'a function of CloudFormation',
    logs,
    'RetentionInDays: 30',
    'RetentionInDays: \'`{"Ref":"Days"}`\''
  ],
  ['a placeholder', web, "MaxSize: '4'", 'MaxSize: REPLACE_Bucket'],
  [
    'another process, listener and rule',
    web,
    'OptionSettings:\n',
    `OptionSettings:
  aws:elasticbeanstalk:environment:process:api: {Port: '8081', HealthCheckPath: /ok}
  aws:elbv2:listener:8443: {ListenerEnabled: 'false', Rules: api}
  aws:elbv2:listenerrule:api: {PathPatterns: /api/*, Process: api, Priority: '1'}
  aws:elasticbeanstalk:environment:proxy:staticfiles: {/assets: src/web/assets}
  aws:elasticbeanstalk:customoption: {AnyName: any value}
`
  ]
])

test('what eb config save writes is no mistake', async () => {
  const text = `EnvironmentTier: {Name: Worker, Type: SQS/HTTP}
OptionSettings:
  AWSEBAutoScalingGroup.aws:autoscaling:asg: {MinSize: '2', Cooldown: '360'}
  aws:elasticbeanstalk:control: {LaunchTimeout: '0'}
`
  const found = await examine(withTexts({ '.elasticbeanstalk/saved_configs/x.cfg.yml': text }))
  assert.deepEqual(
    found.filter(({ rule }) => rule.startsWith('option-')),
    []
  )
})

test('an option in a list is found by its own line', async () => {
  const path = '.ebextensions/90-list.config'
  const text = `option_settings:
  - namespace: aws:elasticbeanstalk:command
    option_name: TimeOuts
    value: 900
`
  assert.deepEqual(await found(withTexts({ [path]: text })), [`${path}:3 option-names`])
})
