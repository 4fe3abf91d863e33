import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  change,
  found,
  repository,
  testLegal,
  testPlants,
  where,
  withTexts
} from '../../test/doctor.ts'

const shared = 'infra/shared.yaml'
const worker = 'infra/eb/worker.cfg.yml'

testPlants([
  [
    'a queue with another visibility',
    shared,
    'VisibilityTimeout: 720',
    'VisibilityTimeout: 30',
    'queue-visibility'
  ],
  [
    'an sqsd that keeps messages for a shorter time',
    worker,
    "'1209600'",
    "'86400'",
    'queue-retention'
  ],
  [
    'a dead-letter queue that keeps nothing longer',
    shared,
    'MessageRetentionPeriod: 1209600',
    'MessageRetentionPeriod: 345600',
    'dead-letter-queue'
  ],
  ['another number of receives', shared, 'maxReceiveCount: 5', 'maxReceiveCount: 3', 'receives'],
  [
    'another number of retries',
    '.ebextensions/30-worker-sqsd.config',
    'MaxRetries: 5',
    'MaxRetries: 10',
    'receives'
  ],
  [
    'an sqsd that polls another queue',
    worker,
    'WorkerQueueURL: REPLACE_QueueUrl',
    'WorkerQueueURL: REPLACE_DeadLetterQueueUrl',
    'worker-queue'
  ],
  [
    'a FIFO queue with periodic tasks',
    shared,
    '      VisibilityTimeout: 720',
    '      FifoQueue: true\n      VisibilityTimeout: 720',
    'fifo-cron'
  ]
])

test('an sqsd that keeps messages exactly as long as the queue is no mistake', async () => {
  const paths = [worker, '.ebextensions/30-worker-sqsd.config']
  const texts = paths.map(path => {
    const text = String(repository.texts.get(path))
    return [path, text.replace(/(RetentionPeriod: '?)1209600/, '$1345600')]
  })
  assert.deepEqual(await found(withTexts(Object.fromEntries(texts))), [])
})

test('a queue without a dead-letter queue is found', async () => {
  const text = `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {VisibilityTimeout: 720}
`
  const project = withTexts({ [shared]: text, 'infra/eb/web.cfg.yml': null, [worker]: null })
  const places = (await found(project)).filter(place => place.startsWith(shared))
  assert.deepEqual(places, [`${shared}:3 dead-letter-queue`])
})

test('a queue that sqsd finds by itself is found', async () => {
  const { project } = change(worker, '    WorkerQueueURL: REPLACE_QueueUrl\n', '')
  assert.deepEqual(await found(project), [`${where(worker, 'WorkerQueueURL')} worker-queue`])
})

testLegal([
  ['a number of the queue in quotes', shared, 'VisibilityTimeout: 720', 'VisibilityTimeout: "720"'],
  [
    'a parameter with a default',
    shared,
    'Parameters:\n',
    'Parameters:\n  Unused: {Type: Number, Default: 720}\n'
  ],
  [
    'another queue beside it',
    shared,
    '  QueueTlsOnly:',
    '  Other: {Type: "AWS::SQS::Queue", Properties: {VisibilityTimeout: 5}}\n  QueueTlsOnly:'
  ]
])

test('a number that is the default of a parameter is read', async () => {
  const parameter = 'Parameters:\n  Receives: {Type: Number, Default: 4}\n'
  const { project } = change(shared, 'Parameters:\n', parameter)
  const text = String(project.texts.get(shared)).replace(
    'maxReceiveCount: 5',
    'maxReceiveCount: !Ref Receives'
  )
  const [only, ...others] = await found(withTexts({ [shared]: text }))
  assert.match(String(only), /receives$/)
  assert.deepEqual(others, [])
})
