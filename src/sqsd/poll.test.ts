import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { describe, test } from 'node:test'
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { eventually } from '../../test/engine.ts'
import { ok, openDaemon, text } from '../../test/sqsd.ts'

describe('sqsd: receives', { concurrency: 4 }, () => {
  test('case 20: never more POSTs at once than HttpConnections, and nothing is fetched ahead', async t => {
    const held: ServerResponse[] = []
    const line = await openDaemon(t, response => held.push(response), { httpConnections: 3 })
    await Promise.all(Array.from({ length: 20 }, (_, n) => line.put(`slow ${n}`)))
    let posted = 0
    while (posted < 20) {
      const most = Math.min(3, 20 - posted)
      await eventually(() => held.length === most)
      await eventually(async () => (await line.counts()).hidden === most)
      posted += held.length
      for (const response of held.splice(0)) response.end()
    }
    await eventually(async () => (await line.left()) === 0)
    assert.equal(line.posts.length, 20)
  })

  test('case 20: under load as many messages are under way as there are connections', async t => {
    const held: ServerResponse[] = []
    const line = await openDaemon(t, response => held.push(response), { httpConnections: 35 })
    await Promise.all(Array.from({ length: 40 }, (_, n) => line.put(`slow ${n}`)))
    await eventually(() => held.length === 35)
    assert.deepEqual(await line.counts(), { visible: 5, hidden: 35 })
    for (const response of held.splice(0)) response.end()
    await eventually(() => held.length === 5)
    for (const response of held) response.end()
    await eventually(async () => (await line.left()) === 0)
  })

  test('case 20: a slow message holds no other back', async t => {
    const held: ServerResponse[] = []
    const line = await openDaemon(
      t,
      (response, { body }) => (body === 'slow' ? held.push(response) : response.end()),
      { httpConnections: 2 }
    )
    await line.put('slow')
    await eventually(() => held.length === 1)
    await Promise.all(Array.from({ length: 30 }, (_, n) => line.put(`quick ${n}`)))
    await eventually(() => line.posts.length === 31)
    assert.equal(held.length, 1)
    held[0]?.end()
  })

  test('case 21: every receive asks for what the daemon needs, with its own VisibilityTimeout', async t => {
    const settings = { visibilityTimeoutSeconds: 77, waitTimeSeconds: 20 }
    const line = await openDaemon(t, ok, settings)
    const [call] = await eventually(() => {
      const calls = line.calls('ReceiveMessage')
      return calls.length > 0 && calls
    })
    await line.put('x')
    assert.deepEqual(call?.input, {
      QueueUrl: line.queueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 20,
      VisibilityTimeout: 77,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: [
        'ApproximateReceiveCount',
        'ApproximateFirstReceiveTimestamp',
        'SentTimestamp',
        'SenderId'
      ]
    })
    // The last poll would wait out its 20 s for the test to end.
    await line.put('last')
  })

  test('case 22: a handler longer than VisibilityTimeout gets its message a second time meanwhile', async t => {
    const held: ServerResponse[] = []
    const line = await openDaemon(t, response => held.push(response), {
      visibilityTimeoutSeconds: 2
    })
    await line.put('x')
    await eventually(() => held.length >= 2)
    const counts = line.posts.map(({ headers }) => headers['x-aws-sqsd-receive-count'])
    assert.deepEqual(counts.slice(0, 2), ['1', '2'])
    for (const response of held) response.end()
  })

  test('case 23: a message that always fails is in the dead-letter queue after its receives, whole', async t => {
    const line = await openDaemon(t, response => response.writeHead(500).end(), {
      errorVisibilityTimeoutSeconds: 0
    })
    await line.put('poison', { kind: text('請求書') })
    await eventually(async () => (await line.left(line.deadUrl)) === 1)
    const counts = line.posts.map(({ headers }) => headers['x-aws-sqsd-receive-count'])
    assert.deepEqual(counts, ['1', '2', '3'])
    const query = { QueueUrl: line.deadUrl, MessageAttributeNames: ['All'] }
    const { Messages = [] } = await line.direct.send(new ReceiveMessageCommand(query))
    const [dead] = Messages
    assert.equal(dead?.Body, 'poison')
    assert.equal(dead?.MessageAttributes?.['kind']?.StringValue, '請求書')
  })

  test('case 24: a queue without a dead-letter queue tries for ever', async t => {
    const queueName = 'no-redrive'
    const line = await openDaemon(t, response => response.writeHead(500).end(), {
      queueUrl: `http://127.0.0.1/000000000000/${queueName}`,
      errorVisibilityTimeoutSeconds: 0
    })
    const queueUrl = await line.create(queueName)
    await line.putTo(queueUrl, 'poison')
    await eventually(() => line.posts.length > 10)
    assert.equal(line.posts.at(10)?.headers['x-aws-sqsd-receive-count'], '11')
  })

  test('case 25: a message first received longer ago than RetentionPeriod is deleted without a POST', async t => {
    const line = await openDaemon(t, ok, { retentionPeriodSeconds: 60 })
    line.change('ReceiveMessage', receivedAgo(61))
    const id = await line.put('old')
    await line.logged(new RegExp(` expired-msg: ${id} `))
    await eventually(async () => (await line.left()) === 0)
    assert.equal(line.posts.length, 0)
    assert.equal(await line.left(line.deadUrl), 0)
  })

  test('case 25: one that was sent long ago but first received within it is POSTed', async t => {
    const line = await openDaemon(t, ok, { retentionPeriodSeconds: 60 })
    line.change('ReceiveMessage', receivedAgo(50))
    await line.put('young')
    const { headers } = await eventually(() => line.posts[0])
    assert.equal(headers['x-aws-sqsd-sent-at'], '1970-01-01T00:00:00Z')
  })

  test('a message with a time that is none is POSTed all the same', async t => {
    const line = await openDaemon(t, ok)
    line.change('ReceiveMessage', ({ Messages = [] }) => {
      for (const { Attributes } of Messages) Attributes['SentTimestamp'] = 'abc'
    })
    await line.put('x')
    const { headers } = await eventually(() => line.posts[0])
    assert.equal(headers['x-aws-sqsd-sent-at'], '')
  })
})

/** Messages that were sent in 1970 and first received so many seconds ago. */
function receivedAgo(seconds: number) {
  return ({ Messages = [] }: { Messages?: { Attributes: Record<string, string> }[] }) => {
    for (const { Attributes } of Messages) {
      Attributes['SentTimestamp'] = '0'
      Attributes['ApproximateFirstReceiveTimestamp'] = String(Date.now() - seconds * 1000)
    }
  }
}
