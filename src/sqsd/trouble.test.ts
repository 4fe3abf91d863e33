import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { eventually } from '../../test/engine.ts'
import { ok, openDaemon } from '../../test/sqsd.ts'

const throttled = { status: 400, name: 'ThrottlingException', message: 'Rate exceeded' }

const handles = ({ input }: { input: Record<string, unknown> }) =>
  (input['Entries'] as { ReceiptHandle: string }[]).map(({ ReceiptHandle }) => ReceiptHandle)

describe('sqsd: trouble with SQS', { concurrency: 4 }, () => {
  test('case 34: a queue that is missing is asked again until it is there', async t => {
    const line = await openDaemon(t, ok, { queueUrl: 'http://127.0.0.1/000000000000/late' })
    await line.logged(/ pollers: .*next try in 500 ms/)
    await line.logged(/ pollers: .*next try in 1000 ms/)
    await line.putTo(await line.create('late'), 'x')
    await eventually(() => line.posts.length === 1)
  })

  for (const refusal of [throttled, 'cut'] as const)
    test(`case 34: a receive that is ${refusal === 'cut' ? 'cut off' : 'throttled'} is logged and tried again, later and later`, async t => {
      const line = await openDaemon(t, ok)
      line.refuse('ReceiveMessage', refusal, 6)
      await line.logged(/ pollers: .*next try in 500 ms/)
      await line.logged(/ pollers: .*next try in 1000 ms/)
      await line.put('x')
      await eventually(() => line.posts.length === 1)
      await eventually(async () => (await line.left()) === 0)
    })

  test('case 34: a delete that SQS refuses is tried again', async t => {
    const line = await openDaemon(t, ok)
    line.refuse('DeleteMessageBatch', throttled, 1)
    await line.put('x')
    await eventually(async () => line.posts.length === 1 && (await line.left()) === 0)
    assert.equal(line.posts.length, 1)
  })

  test('case 34: of several deletes the one that SQS refuses is asked for again, alone', async t => {
    const line = await openDaemon(t, ok)
    let refusals = 0
    line.change('DeleteMessageBatch', answer => {
      refusals += 1
      if (refusals === 1) answer['Failed'] = [{ Id: '0', Message: 'busy', SenderFault: false }]
    })
    await Promise.all(['x', 'y', 'z'].map(body => line.put(body)))
    await line.logged(/ delete: \S+ failed: busy/)
    await eventually(() => {
      const [first, ...later] = line.calls('DeleteMessageBatch').map(handles)
      return later.some(asked => asked.length === 1 && asked[0] === first?.[0])
    })
    await eventually(async () => (await line.left()) === 0)
  })

  test('case 34: a message that could not be deleted is logged and comes again', async t => {
    const line = await openDaemon(t, ok, { visibilityTimeoutSeconds: 3 })
    line.refuse('DeleteMessageBatch', { status: 403, name: 'AccessDenied' }, 3)
    await line.put('x')
    await line.logged(/ delete: 1 messages not deleted, they will come again/)
    await eventually(() => line.posts.length === 2)
    await eventually(async () => (await line.left()) === 0)
  })

  test('case 35: every line has a time and a category, and success is one line', async t => {
    const line = await openDaemon(t, (response, _post, nth) =>
      nth === 1 ? response.end() : response.writeHead(500).end()
    )
    await line.put('good')
    await eventually(() => line.posts.length === 1)
    await eventually(async () => (await line.left()) === 0)
    const [init, start, message, ...more] = line.lines
    const time = String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`
    assert.match(init ?? '', new RegExp(`${time} init: initializing sqsd, as aws-sqsd \\d`))
    assert.match(start ?? '', new RegExp(`${time} start: polling http`))
    assert.match(message ?? '', new RegExp(`${time} message: sent to http://127.0.0.1:\\d+/$`))
    assert.deepEqual(more, [])
    await line.put('bad')
    await line.logged(new RegExp(`${time} http-err: [0-9a-f-]{36} \\(1\\) 500 - \\d+\\.\\d{3}$`))
  })

  test('case 35: with json every line is an object that says the same', async t => {
    const line = await openDaemon(t, response => response.writeHead(500).end(), { json: true })
    await line.put('x')
    await line.logged(/http-err/)
    const events = line.lines.map(text => JSON.parse(text))
    assert.deepEqual(
      events.map(({ category }) => category),
      ['init', 'start', 'message', 'http-err']
    )
    for (const { time } of events) assert.ok(Math.abs(Date.now() - time) < 60_000)
    assert.ok(events.at(-1).seconds > 0)
  })
})
