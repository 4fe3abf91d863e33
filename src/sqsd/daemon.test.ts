import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { describe, type TestContext, test } from 'node:test'
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageCommand
} from '@aws-sdk/client-sqs'
import { eventually } from '../../test/engine.ts'
import { startAws } from '../local/aws.ts'
import { startSqsd } from './daemon.ts'
import type { Settings } from './settings.ts'
import { send } from './tick.ts'

type Post = { path: string; headers: IncomingMessage['headers']; body: string; at: number }
type Respond = (response: ServerResponse, post: Post, nth: number) => unknown

const quick = { waitTimeSeconds: 1, visibilityTimeoutSeconds: 30, drainSeconds: 5 }
const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

/** A queue, a worker that answers as told, and the daemon between them. */
async function open(t: TestContext, respond: Respond, settings: Partial<Settings> = {}) {
  const posts: Post[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString()
    const post = { path: request.url ?? '', headers: request.headers, body, at: Date.now() }
    posts.push(post)
    respond(response, post, posts.length)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const aws = await startAws(0, 3)
  const lines: string[] = []
  const { queueUrl, sqs } = aws
  const given = { queueUrl, httpUrl: `http://127.0.0.1:${port}`, ...quick, ...settings }
  const starting = startSqsd(given, { sqs, log: line => lines.push(line) })
  t.after(async () => {
    await starting.then(daemon => daemon.stop()).catch(() => {})
    server.closeAllConnections()
    server.close()
    await aws.close()
  })
  const daemon = await starting
  const put = (MessageBody: string, MessageAttributes = {}) =>
    sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody, MessageAttributes }))
  const counts = async (url = queueUrl) => {
    const AttributeNames = ['All' as const]
    const found = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames }))
    const visible = Number(found.Attributes?.['ApproximateNumberOfMessages'])
    const hidden = Number(found.Attributes?.['ApproximateNumberOfMessagesNotVisible'])
    return { visible, hidden }
  }
  const left = async (url = queueUrl) => {
    const { visible, hidden } = await counts(url)
    return visible + hidden
  }
  const logged = (pattern: RegExp) => eventually(() => lines.find(text => pattern.test(text)))
  return { posts, lines, put, counts, left, logged, aws, daemon }
}

const ok: Respond = response => response.end('ignored')
const text = (StringValue: string) => ({ DataType: 'String', StringValue })

describe('sqsd', { concurrency: 8 }, () => {
  test('a message arrives byte for byte, with the headers of the daemon, and is deleted', async t => {
    const line = await open(t, ok, { httpPath: '/q/in?x=1', mimeType: 'text/plain' })
    await line.put('héllo {')
    const { path, headers, body } = await eventually(() => line.posts[0])
    assert.equal(path, '/q/in?x=1')
    assert.equal(body, 'héllo {')
    assert.equal(headers['content-length'], '8')
    assert.equal(headers['content-type'], 'text/plain')
    assert.match(String(headers['user-agent']), /^aws-sqsd\/\d/)
    assert.match(String(headers['x-aws-sqsd-msgid']), /^[0-9a-f-]{36}$/)
    assert.match(String(headers.host), /^localhost:\d+$/)
    assert.equal(headers['x-aws-sqsd-queue'], 'beanline-jobs')
    assert.equal(headers['x-aws-sqsd-path'], '/q/in?x=1')
    assert.equal(headers['x-aws-sqsd-receive-count'], '1')
    assert.match(String(headers['x-aws-sqsd-first-received-at']), iso)
    assert.match(String(headers['x-aws-sqsd-sent-at']), iso)
    assert.ok(headers['x-aws-sqsd-sender-id'])
    await eventually(async () => (await line.left()) === 0)
    assert.match(line.lines.at(-1) ?? '', /^\S+Z message: sent to http/)
  })

  test('attributes become headers; binary ones and line breaks do not', async t => {
    const line = await open(t, ok)
    await line.put('x', {
      turnId: { DataType: 'String', StringValue: 'a' },
      'message-digest': { DataType: 'Number', StringValue: '007.50' },
      kind: { DataType: 'String.x', StringValue: '請求書' },
      photo: { DataType: 'Binary', BinaryValue: Buffer.from('x') },
      evil: { DataType: 'String', StringValue: 'a\r\nX-Injected: 1' }
    })
    const { headers } = await eventually(() => line.posts[0])
    assert.equal(headers['x-aws-sqsd-attr-turnid'], 'a')
    assert.equal(headers['x-aws-sqsd-attr-message-digest'], '007.50')
    const utf8 = Buffer.from(String(headers['x-aws-sqsd-attr-kind']), 'latin1').toString()
    assert.equal(utf8, '請求書')
    const absent = ['x-aws-sqsd-attr-photo', 'x-aws-sqsd-attr-evil', 'x-injected']
    for (const name of absent) assert.equal(headers[name], undefined, name)
    assert.equal(line.lines.filter(text => text.includes('attribute skipped')).length, 2)
  })

  for (const status of [201, 202, 204, 206, 301, 302, 400, 404, 413, 429, 500, 502, 504])
    test(`an answer of ${status} does not delete the message`, async t => {
      const line = await open(t, response => {
        response.writeHead(status, { location: '/elsewhere', 'retry-after': '1' }).end()
      })
      await line.put('x')
      const log = await eventually(() => line.lines.find(text => text.includes('http-err')))
      assert.match(
        log,
        new RegExp(`^\\S+Z http-err: [0-9a-f-]{36} \\(1\\) ${status} - \\d+\\.\\d{3}$`)
      )
      assert.equal(await line.left(), 1)
      assert.equal(line.posts.length, 1, 'no redirect is followed')
    })

  test('after an error the message comes again as ErrorVisibilityTimeout says, with the same id', async t => {
    const settings = { errorVisibilityTimeoutSeconds: 1 }
    const line = await open(
      t,
      (response, _post, nth) => response.writeHead(nth === 1 ? 500 : 200).end(),
      settings
    )
    await line.put('x')
    await eventually(() => line.posts.length === 2)
    const [first, second] = line.posts as [Post, Post]
    assert.ok(second.at - first.at >= 900 && second.at - first.at < 4000)
    assert.equal(second.headers['x-aws-sqsd-receive-count'], '2')
    for (const name of ['x-aws-sqsd-msgid', 'x-aws-sqsd-first-received-at'])
      assert.equal(second.headers[name], first.headers[name])
  })

  test('without ErrorVisibilityTimeout it comes again when its visibility times out', async t => {
    const settings = { visibilityTimeoutSeconds: 2 }
    const line = await open(
      t,
      (response, _post, nth) => response.writeHead(nth === 1 ? 500 : 200).end(),
      settings
    )
    await line.put('x')
    await eventually(() => line.posts.length === 2)
    const [first, second] = line.posts as [Post, Post]
    assert.ok(second.at - first.at >= 1800, `${second.at - first.at} ms`)
  })

  test('a message that always fails is in the dead-letter queue after its receives', async t => {
    const line = await open(t, response => response.writeHead(500).end(), {
      errorVisibilityTimeoutSeconds: 0
    })
    await line.put('poison')
    const dead = line.aws.queueUrl.replace(/beanline-jobs$/, 'beanline-jobs-dead')
    await eventually(async () => (await line.left(dead)) === 1)
    const counts = line.posts.map(({ headers }) => headers['x-aws-sqsd-receive-count'])
    assert.deepEqual(counts, ['1', '2', '3'])
  })

  test('a silent worker is cut off after InactivityTimeout', async t => {
    let isClosed = false
    const silent: Respond = response => response.on('close', () => (isClosed = true))
    const line = await open(t, silent, { inactivityTimeoutSeconds: 1 })
    await line.put('x')
    assert.match(await line.logged(/socket-err/), /\(1\) Errno::ETIMEDOUT - [12]\.\d{3}$/)
    assert.equal(await line.left(), 1)
    await eventually(() => isClosed)
  })

  test('a worker that keeps sending may take longer than InactivityTimeout', async t => {
    const line = await open(
      t,
      response => {
        let sent = 0
        const dripping = setInterval(() => {
          response.write('.')
          sent += 1
          if (sent < 12) return
          clearInterval(dripping)
          response.end()
        }, 300)
      },
      { inactivityTimeoutSeconds: 2 }
    )
    await line.put('x')
    await eventually(() => line.posts.length === 1)
    await eventually(async () => (await line.left()) === 0)
    assert.ok(!line.lines.some(text => text.includes('-err')))
    assert.equal(line.posts.length, 1)
  })

  test('an answer of 200 that breaks off does not delete the message', async t => {
    const line = await open(t, response => {
      response.writeHead(200, { 'content-length': 100 })
      response.write('half', () => response.destroy())
    })
    await line.put('x')
    assert.match(await line.logged(/socket-err/), /\(1\) connection closed by server/)
    assert.equal(await line.left(), 1)
  })

  test('a broken connection is logged, and the message comes again', async t => {
    const line = await open(
      t,
      (response, _post, nth) => (nth === 1 ? response.destroy() : response.end()),
      { errorVisibilityTimeoutSeconds: 0 }
    )
    await line.put('x')
    await eventually(() => line.posts.length === 2)
    assert.ok(line.lines.some(text => / socket-err: .*connection closed by server/.test(text)))
  })

  test('a worker that is down is logged, and the message comes again', async t => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as { port: number }
    closed.close()
    const httpUrl = `http://127.0.0.1:${port}`
    const line = await open(t, ok, { httpUrl, errorVisibilityTimeoutSeconds: 1 })
    await line.put('x')
    await line.logged(/ socket-err: [0-9a-f-]{36} \(1\) Errno::ECONNREFUSED - /)
    await line.logged(/ socket-err: [0-9a-f-]{36} \(2\) Errno::ECONNREFUSED - /)
  })

  test('a queue that is missing is asked again until it is there', async t => {
    const line = await open(t, ok, { queueUrl: 'http://127.0.0.1/000000000000/late' })
    await line.logged(/ pollers: .*next try in 500 ms/)
    const { QueueUrl } = await line.aws.sqs.send(new CreateQueueCommand({ QueueName: 'late' }))
    await line.aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))
    await eventually(() => line.posts.length === 1)
  })

  test('under load as many messages are under way as there are connections', async t => {
    const held: ServerResponse[] = []
    const line = await open(t, response => held.push(response), { httpConnections: 35 })
    await Promise.all(Array.from({ length: 40 }, (_, n) => line.put(`slow ${n}`)))
    await eventually(() => held.length === 35)
    assert.deepEqual(await line.counts(), { visible: 5, hidden: 35 }, 'nothing is fetched ahead')
    for (const response of held.splice(0)) response.end()
    await eventually(() => held.length === 5)
    for (const response of held) response.end()
    await eventually(async () => (await line.left()) === 0)
  })

  test('never more POSTs at once than HttpConnections, and a slow one holds nothing back', async t => {
    let open_ = 0
    let most = 0
    const held: (() => void)[] = []
    const line = await open(
      t,
      (response, post) => {
        open_ += 1
        most = Math.max(most, open_)
        const end = () => {
          open_ -= 1
          response.end()
        }
        if (post.body === 'slow') held.push(end)
        else setImmediate(end)
      },
      { httpConnections: 3 }
    )
    await line.put('slow')
    await Promise.all(Array.from({ length: 30 }, (_, n) => line.put(`quick ${n}`)))
    await eventually(() => line.posts.length === 31)
    assert.ok(most <= 3, `${most} at once`)
    for (const end of held) end()
  })

  test('a message older than the retention period is deleted without a POST', async t => {
    const line = await open(t, ok, { retentionPeriodSeconds: -1 })
    await line.put('old')
    await eventually(() => line.lines.some(text => text.includes('expired-msg')))
    await eventually(async () => (await line.left()) === 0)
    assert.equal(line.posts.length, 0)
  })

  test('a tick goes through the queue and arrives at its own path, without a body', async t => {
    const line = await open(t, ok, { httpPath: '/jobs' })
    const task = { name: 'sweep', url: '/cron/sweep' }
    const due = new Date('2026-11-23T10:20:00Z')
    await send(task, due, { ...line.aws, log: () => {} })
    const { path, headers, body } = await eventually(() => line.posts[0])
    assert.deepEqual([path, body, headers['content-length']], ['/cron/sweep', '', '0'])
    assert.equal(headers['content-type'], 'application/json')
    assert.equal(headers['x-aws-sqsd-taskname'], 'sweep')
    assert.equal(headers['x-aws-sqsd-scheduled-at'], '2026-11-23T10:20:00Z')
    assert.equal(headers['x-aws-sqsd-path'], '/cron/sweep')
    assert.ok(!Object.keys(headers).some(name => name.includes('attr-beanstalk')))
  })

  test('anyone may send a periodic task by hand, but no header through its name', async t => {
    const line = await open(t, ok)
    const task = (name: string) => ({
      'beanstalk.sqsd.path': text('/report'),
      'beanstalk.sqsd.task_name': text(name),
      'beanstalk.sqsd.scheduled_time': text('now')
    })
    await line.put('by hand', task('夜間'))
    await line.put('by hand', task('a\r\nX-Injected: 1'))
    await eventually(() => line.posts.length === 2)
    for (const { path, body, headers } of line.posts) {
      assert.deepEqual([path, body], ['/report', ''])
      assert.equal(headers['x-aws-sqsd-scheduled-at'], 'now')
      assert.equal(headers['x-injected'], undefined)
    }
    const names = line.posts.map(({ headers }) => headers['x-aws-sqsd-taskname'])
    assert.equal(Buffer.from(String(names[0]), 'latin1').toString(), '夜間')
    assert.equal(names[1], undefined)
  })

  test('a path that cannot be sent is an error, and stays one line of the log', async t => {
    const line = await open(t, ok)
    await line.put('x', {
      'beanstalk.sqsd.path': text('/a\r\nb'),
      'beanstalk.sqsd.scheduled_time': text('now')
    })
    await line.logged(/ socket-err: .*path/)
    assert.ok(line.lines.every(text => !/[\r\n]/.test(text)))
    assert.deepEqual([line.posts.length, await line.left()], [0, 1])
  })

  test('with beanstalk.sqsd.path alone a message goes to HttpPath with its body', async t => {
    const line = await open(t, ok)
    await line.put('x', { 'beanstalk.sqsd.path': text('/other') })
    const { path, headers, body } = await eventually(() => line.posts[0])
    assert.deepEqual([path, headers['x-aws-sqsd-path'], body], ['/', '/other', 'x'])
  })

  test('stopping lets a POST finish, deletes its message and receives no more', async t => {
    let finish = () => {}
    const line = await open(t, response => {
      finish = () => response.end()
    })
    await line.put('first')
    await eventually(() => line.posts.length === 1)
    const stopped = line.daemon.stop()
    await line.put('second')
    finish()
    await stopped
    assert.equal(line.posts.length, 1)
    assert.deepEqual(await line.counts(), { visible: 1, hidden: 0 }, 'the second is given back')
  })

  test('a POST that outlasts the drain limit is cut off and its message stays', async t => {
    const line = await open(t, () => {}, { drainSeconds: 1, errorVisibilityTimeoutSeconds: 0 })
    await line.put('x')
    await eventually(() => line.posts.length === 1)
    await line.daemon.stop()
    assert.ok(line.lines.some(text => text.includes('drain: 1 messages cut off')))
    assert.deepEqual(await line.counts(), { visible: 0, hidden: 1 })
    assert.ok(!line.lines.some(text => text.includes('-err')))
  })

  test('a FIFO queue has no periodic tasks', async t => {
    const queueUrl = 'http://127.0.0.1/000000000000/line.fifo'
    const line = await open(t, ok, { queueUrl, cronFile: 'cron.yaml' })
    assert.ok(line.lines.some(text => /scheduler: cron\.yaml is not used: .*FIFO/.test(text)))
  })

  test('a cron file that cannot be read keeps the daemon from starting', async t => {
    await assert.rejects(
      open(t, ok, { cronFile: 'absent.yaml' }),
      /^Error: absent\.yaml cannot be read/
    )
  })
})
