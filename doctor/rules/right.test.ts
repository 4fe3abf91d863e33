import assert from 'node:assert/strict'
import { test } from 'node:test'
import { change, found, testLegal, where } from '../../test/doctor.ts'
import { examine } from '../examine.ts'

const shared = 'infra/shared.yaml'
const web = 'infra/eb/web.cfg.yml'
const worker = 'infra/eb/worker.cfg.yml'
const webRole = where(shared, '  WebRole:')
const workerRole = where(shared, '  WorkerRole:')

const lost: [what: string, from: string | RegExp, to: string, role: string][] = [
  [
    'a web tier that may not send',
    'Action: sqs:SendMessage\n',
    'Action: sqs:SendMessages\n',
    webRole
  ],
  [
    'a web tier that may not look at dead letters',
    'Action: [sqs:ReceiveMessage, sqs:DeleteMessage]',
    'Action: sqs:PurgeQueue',
    webRole
  ],
  ['a web tier that may not read its secret', '[!Ref DatabaseSecret, ', '[', webRole],
  ['a worker that may not mail', 'Action: ses:SendEmail', 'Action: ses:GetSendQuota', workerRole],
  ['a worker that may not store', '[s3:PutObject, ', '[', workerRole],
  [
    'a worker with the policy of a web tier',
    'policy/AWSElasticBeanstalkWorkerTier',
    'policy/AWSElasticBeanstalkWebTier',
    workerRole
  ]
]
for (const [what, from, to, role] of lost)
  test(`${what} is found`, async () => {
    assert.deepEqual(await found(change(shared, from, to).project), [`${role} instance-rights`])
  })

test("a worker with the web tier's profile is found, with all that it lacks", async () => {
  const { project } = change(worker, 'REPLACE_WorkerInstanceProfile', 'REPLACE_WebInstanceProfile')
  const [report, ...others] = await examine(project)
  assert.deepEqual(others, [])
  assert.match(
    String(report?.problem),
    /^WebRole, the role of infra\/eb\/worker.cfg.yml, lacks AWS.*WorkerTier, .*ses:SendEmail\.$/
  )
})

test('an environment without a profile or a service role is found', async () => {
  for (const [file, from] of [
    [worker, /^ +IamInstanceProfile:.*\n/m],
    [web, /^ +ServiceRole:.*\n/m]
  ] as const) {
    const places = await found(change(file, from, '').project)
    assert.deepEqual(
      places.map(place => place.split(' ')[1]),
      ['instance-profile']
    )
  }
})

testLegal([
  ['a right with a star', shared, 'Action: ses:SendEmail', 'Action: ses:Send*'],
  ['a profile that no template makes', web, 'REPLACE_WebInstanceProfile', 'my-own-profile']
])
