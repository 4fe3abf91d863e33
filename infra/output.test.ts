import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readOutputs } from './output.ts'

const stack = { StackName: 'beanline', StackStatus: 'CREATE_COMPLETE' }
const json = (...Stacks: object[]) => JSON.stringify({ Stacks })
const withOutput = (OutputKey: string, OutputValue: unknown, StackStatus = 'CREATE_COMPLETE') =>
  json({ ...stack, StackStatus, Outputs: [{ OutputKey, OutputValue }] })

test('outputs are read from the description of one stack', () => {
  assert.deepEqual(readOutputs(withOutput('Bucket', 'b')), { Bucket: 'b' })
  assert.throws(() => readOutputs(json(stack, stack)), /^Error: Describe one stack/)
  assert.throws(() => readOutputs(json(stack)), /beanline has no outputs: is it the one/)
})

test('a stack counts once it is made, and still when an update was rolled back', () => {
  for (const status of ['UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'])
    assert.deepEqual(readOutputs(withOutput('Bucket', 'b', status)), { Bucket: 'b' })
  for (const status of ['CREATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS'])
    assert.throws(() => readOutputs(withOutput('Bucket', 'b', status)), /_IN_PROGRESS: wait until/)
  for (const status of ['ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED', 'DELETE_COMPLETE'])
    assert.throws(() => readOutputs(withOutput('Bucket', 'b', status)), /: mend it or make it anew/)
})

test('what is no description of a stack is refused in one sentence', () => {
  const odd = ['An error occurred', '{"Stacks":{}}', '{"Stacks":[7]}']
  const outputs = [json({ ...stack, Outputs: {} }), json({ ...stack, Outputs: [7] })]
  for (const text of [...odd, ...outputs, withOutput('Bucket', 7)])
    assert.throws(() => readOutputs(text), /^Error: This is not the JSON of a stack\./)
  for (const text of ['null', '7', '{}'])
    assert.throws(() => readOutputs(text), /^Error: Describe one stack/)
})

test('an output that can not be what it should is named with what it must be', () => {
  const wrong = {
    PublicUrl: ['http://jobs.example.jp', 'https://jobs.example.jp/x'],
    Subnets: ['subnet-a', ''],
    ApiKeysArn: ['x'],
    DatabaseSecretArn: ['arn:aws:s3:::x'],
    CertificateArn: ['x'],
    QueueUrl: ['beanline']
  }
  for (const [name, values] of Object.entries(wrong))
    for (const value of values)
      assert.throws(() => readOutputs(withOutput(name, value)), {
        message: new RegExp(`^The output ${name} is "${value}", and must be .+\\.$`)
      })
  const right = { PublicUrl: 'https://jobs.example.jp', Subnets: 'subnet-a,subnet-b' }
  for (const [name, value] of Object.entries(right))
    assert.deepEqual(readOutputs(withOutput(name, value)), { [name]: value })
})
