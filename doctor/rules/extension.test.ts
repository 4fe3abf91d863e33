import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settingsIn } from '../../infra/option-settings.ts'
import { change, found, repository, testLegal, testPlants, withTexts } from '../../test/doctor.ts'

const common = '.ebextensions/10-common.config'
const worker = '.ebextensions/30-worker-sqsd.config'

testPlants([
  [
    'a namespace without options',
    worker,
    'option_settings:\n',
    'option_settings:\n  aws:elasticbeanstalk:xray: "true"\n',
    'ebextensions-form'
  ],
  [
    'a command of the leader that has a test too',
    common,
    '    leader_only: true',
    '    leader_only: true\n    test: test -f x',
    'ebextensions-leader'
  ],
  [
    'the queue of a worker environment in a bundle for both',
    common,
    "AWS_REGION: '`",
    'HOST: \'`{"Ref":"AWSEBWorkerQueue"}`\'\n    AWS_REGION: \'`',
    'ebextensions-tiers'
  ],
  [
    'an alarm of a web environment in a bundle for both',
    common,
    "AWS_REGION: '`",
    'HOST: \'`{"Ref":"AWSEBCloudwatchAlarmLow"}`\'\n    AWS_REGION: \'`',
    'ebextensions-tiers'
  ]
])

test('a key that Beanstalk does not know is found, and what is missing without it', async () => {
  const { project, place } = change(common, 'container_commands:', 'container-commands:')
  const places = await found(project)
  assert.deepEqual(places, [`${common}:1 migration`, `${place} ebextensions-keys`])
})

test('the finding of a command with a test is at the test', async () => {
  const text = `container_commands:
  01_a: {command: x, leader_only: true,
    test: y}
`
  const project = withTexts({ '.ebextensions/90-x.config': text })
  assert.deepEqual(await found(project), ['.ebextensions/90-x.config:3 ebextensions-leader'])
})

test('settings in a file that is not named .config are found', async () => {
  const path = '.ebextensions/40-more.yaml'
  const project = withTexts({ [path]: 'option_settings:\n' })
  assert.deepEqual(await found(project), [`${path}:1 ebextensions-names`])
})

test('an item of a list without an option_name is found', async () => {
  const path = '.ebextensions/40-more.config'
  const text = `option_settings:
  - namespace: aws:elasticbeanstalk:xray
    option_name: XRayEnabled
    value: false
  - namespace: aws:elasticbeanstalk:xray
    value: false
`
  assert.deepEqual(await found(withTexts({ [path]: text })), [`${path}:5 ebextensions-form`])
})

testLegal([
  [
    'a comment that names a resource of one tier',
    worker,
    'option_settings:\n  aws:elasticbeanstalk:sqsd:\n',
    'option_settings:\n  # as "AWSEBWorkerQueue"\n  aws:elasticbeanstalk:sqsd:\n'
  ],
  [
    'a command with a test',
    common,
    'container_commands:\n',
    'container_commands:\n  05_x: { command: echo x, test: test -f x }\n'
  ]
])

test('a file with a list of options, in JSON or with a sourced package is no mistake', async () => {
  const list = `option_settings:
  - namespace: aws:elasticbeanstalk:command
    option_name: Timeout
    value: "900"
  - option_name: LOG_LEVEL
    value: info
`
  const json = JSON.stringify({
    packages: { yum: { jq: [] } },
    commands: { a: { command: 'true' } }
  })
  const project = withTexts({ '.ebextensions/a.config': list, '.ebextensions/b.config': json })
  assert.deepEqual(await found(project), [])
})

test('the same options as a list, with every value in quotes, are no mistake', async () => {
  const items = settingsIn({ path: worker, text: String(repository.texts.get(worker)) }).map(
    ({ namespace, option, value }) =>
      `  - {namespace: "${namespace}", option_name: ${option}, value: "${value}"}\n`
  )
  const project = withTexts({ [worker]: `option_settings:\n${items.join('')}` })
  assert.deepEqual(await found(project), [])
})
