import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { describe, test } from 'node:test'
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { eventually } from '../../test/engine.ts'
import { type Daemon, ok, openDaemon } from '../../test/sqsd.ts'
import { addFaults, type Faults, readFaults } from './faults.ts'

const faults = (text: string) => readFaults(text) as Faults
const bodies = ({ posts }: Daemon) => posts.map(({ body }) => body)

describe('sqsd: faults on purpose', { concurrency: 4 }, () => {
  test('a duplicate is delivered while or after the first is, as the same receive', async t => {
    const line = await openDaemon(t, ok, { faults: faults('duplicate=1') })
    const id = await line.put('x')
    await eventually(() => line.posts.length === 2)
    for (const { headers } of line.posts) {
      assert.equal(headers['x-aws-sqsd-msgid'], id)
      assert.equal(headers['x-aws-sqsd-receive-count'], '1')
    }
    await eventually(async () => (await line.left()) === 0)
  })

  test('a late copy comes when the message was done long ago', async t => {
    const line = await openDaemon(t, ok, { faults: faults('late=1') })
    const sentAt = performance.now()
    await line.put('x')
    await eventually(() => line.posts.length >= 1)
    await eventually(async () => (await line.left()) === 0)
    const again = await eventually(() => line.posts[1])
    assert.ok(again.at - sentAt >= 1000)
  })

  test('messages overtake each other, and all arrive', async t => {
    const line = await openDaemon(t, ok, { faults: faults('reorder=0.5') })
    const sent = Array.from({ length: 40 }, (_, n) => String(n))
    for (const body of sent) await line.put(body)
    await eventually(() => line.posts.length === 40)
    assert.notDeepEqual(bodies(line), sent)
    assert.deepEqual(new Set(bodies(line)), new Set(sent))
  })

  test('a lost delete brings the message again when its visibility ends', async t => {
    const settings = { faults: faults('lose-delete=1'), visibilityTimeoutSeconds: 2 }
    const line = await openDaemon(t, ok, settings)
    await line.put('x')
    await eventually(() => line.posts.length === 2)
    assert.equal(line.posts[1]?.headers['x-aws-sqsd-receive-count'], '2')
    assert.equal(line.calls('DeleteMessageBatch').length, 0)
  })

  test('a refused call is survived', async t => {
    const line = await openDaemon(t, ok, { faults: faults('refuse=0.5') })
    await line.put('x')
    await line.logged(/ pollers: Error: ThrottlingException: refused on purpose/)
    await eventually(() => line.posts.length >= 1)
  })

  test('the daemon takes the seed that it is given', async t => {
    // Of one call in a hundred, seed 5 refuses the first.
    const line = await openDaemon(t, ok, { faults: faults('refuse=0.01'), seed: 5 })
    await eventually(() => line.lines.length > 2)
    assert.match(line.lines[2] ?? '', /refused on purpose/)
  })

  test('a slow SQS is survived', async t => {
    const line = await openDaemon(t, ok, { faults: faults('slow=1') })
    await line.put('x')
    await eventually(async () => line.posts.length === 1 && (await line.left()) === 0)
  })

  test('after so many seconds of silence the daemon is told 504, and the worker is cut off', async t => {
    let isClosed = false
    const silent = (response: ServerResponse) => response.on('close', () => (isClosed = true))
    const line = await openDaemon(t, silent, { faults: faults('cut=1') })
    const id = await line.put('x')
    await line.logged(new RegExp(` http-err: ${id} \\(1\\) 504 - [1-9]\\d*\\.\\d{3}$`))
    await eventually(() => isClosed)
  })

  test('a worker that keeps sending is not cut off, for it is not silent', async t => {
    const drip = (response: ServerResponse) => {
      const dripping = setInterval(() => response.write('.'), 200)
      setTimeout(() => {
        clearInterval(dripping)
        response.end()
      }, 3600)
    }
    const line = await openDaemon(t, drip, { faults: faults('cut=2') })
    await line.put('x')
    await eventually(async () => line.posts.length === 1 && (await line.left()) === 0)
    assert.ok(!line.lines.some(text => text.includes('-err')))
  })

  test('with everything wrong at once every message is still posted, and in the end none is left', async t => {
    const everything = 'duplicate=0.1,late=0.05,reorder=0.2,lose-delete=0.1,slow=0.05,refuse=0.05'
    const settings = { faults: faults(everything), visibilityTimeoutSeconds: 4, seed: 7 }
    const line = await openDaemon(t, ok, settings)
    const sent = Array.from({ length: 300 }, (_, n) => `message ${n}`)
    await Promise.all(sent.map(body => line.put(body)))
    await eventually(async () => (await line.left()) === 0, 60)
    assert.deepEqual(new Set(bodies(line)), new Set(sent))
    assert.ok(line.posts.length > 300, 'some more than once')
  })
})

/** A client with these faults whose calls all succeed at once otherwise. */
function faulty(text: string, seed: number) {
  const sqs = new SQSClient({ region: 'eu-west-1' })
  addFaults(sqs, faults(text), seed)
  sqs.middlewareStack.add(() => async () => ({ response: {}, output: { $metadata: {} } }), {
    step: 'initialize',
    priority: 'low'
  })
  return sqs
}

test('a slow call takes longer, but less than two seconds', async () => {
  const startedAt = performance.now()
  const calls = Array.from({ length: 10 }, () =>
    faulty('slow=1', 1).send(new ListQueuesCommand({}))
  )
  await Promise.all(calls)
  const milliseconds = performance.now() - startedAt
  assert.ok(milliseconds > 50 && milliseconds < 3000, `${milliseconds} ms`)
})

test('the same seed makes the same faults, another makes others', async () => {
  const outcomes = async (seed: number) => {
    const sqs = faulty('refuse=0.5', seed)
    const asked = Array.from({ length: 50 }, () => sqs.send(new ListQueuesCommand({})))
    return (await Promise.allSettled(asked)).map(({ status }) => status)
  }
  assert.deepEqual(await outcomes(1), await outcomes(1))
  assert.notDeepEqual(await outcomes(1), await outcomes(2))
})

test('a list of faults is read whole or not at all', () => {
  assert.equal(faults('cut=0.5, duplicate=0.1').cut, 0.5)
  for (const text of [
    '',
    'duplicate',
    'duplicate=2',
    'cut=0',
    'toString=1',
    'duplicate=0.1,',
    'x=1'
  ])
    assert.equal(readFaults(text), undefined, text)
})
