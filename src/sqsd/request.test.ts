import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { eventually } from '../../test/engine.ts'
import { ok, openDaemon, text } from '../../test/sqsd.ts'
import { openLog } from './log.ts'
import { toRequest } from './request.ts'
import { defaults, presetSettings } from './settings.ts'
import { send } from './tick.ts'

const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const utf8 = (header: unknown) => Buffer.from(String(header), 'latin1').toString()

const plain = { ...defaults, queueUrl: 'http://sqs/1/q' }

describe('sqsd: the request', { concurrency: 4 }, () => {
  test('case 1: a message arrives byte for byte, whatever it is', async t => {
    const line = await openDaemon(t, ok, { mimeType: 'text/plain' })
    await line.put('héllo {')
    const { body, headers } = await eventually(() => line.posts[0])
    assert.equal(body, 'héllo {')
    assert.equal(headers['content-length'], '8')
    assert.equal(headers['content-type'], 'text/plain')
    assert.equal(headers['transfer-encoding'], undefined)
  })

  test('case 2: the path goes out as it is set, to the host localhost', async t => {
    const line = await openDaemon(t, ok, { httpPath: '/q/in?x=1' })
    await line.put('x')
    const { path, headers } = await eventually(() => line.posts[0])
    assert.equal(path, '/q/in?x=1')
    assert.match(String(headers.host), /^localhost:\d+$/)
  })

  test('case 3: the headers of the daemon, with times in whole seconds', async t => {
    const line = await openDaemon(t, ok)
    const id = await line.put('x')
    const { headers } = await eventually(() => line.posts[0])
    assert.equal(headers['x-aws-sqsd-msgid'], id)
    assert.equal(headers['x-aws-sqsd-queue'], 'beanline-jobs')
    assert.equal(headers['x-aws-sqsd-receive-count'], '1')
    assert.match(String(headers['x-aws-sqsd-first-received-at']), iso)
    assert.match(String(headers['x-aws-sqsd-sent-at']), iso)
    assert.ok(headers['x-aws-sqsd-sender-id'])
    assert.match(String(headers['user-agent']), /^aws-sqsd\/\d/)
    assert.equal(headers['x-aws-sqsd-path'], '/')
    assert.equal(headers['accept-encoding'], 'gzip, compressed')
  })

  test('case 3: sent and first received are two times, and what is no time is left empty', () => {
    const times = (sent: string, received: string) => {
      const Attributes = { SentTimestamp: sent, ApproximateFirstReceiveTimestamp: received }
      const { headers } = toRequest({ Attributes }, plain, () => {})
      return [headers['X-Aws-Sqsd-Sent-At'], headers['X-Aws-Sqsd-First-Received-At']]
    }
    assert.deepEqual(times('0', '61999'), ['1970-01-01T00:00:00Z', '1970-01-01T00:01:01Z'])
    assert.deepEqual(times('abc', '1e18'), ['', ''])
  })

  test('case 3: version 2 leaves X-Aws-Sqsd-Path empty where a message has no path', () => {
    const settings = { ...plain, ...presetSettings('v2', {}) }
    const { headers } = toRequest({ Body: 'x' }, settings, () => {})
    assert.equal(headers['X-Aws-Sqsd-Path'], '')
  })

  test('case 4: a redelivery has the same id and first receive, and counts one more', async t => {
    const line = await openDaemon(
      t,
      (response, _post, nth) => response.writeHead(nth === 1 ? 500 : 200).end(),
      { errorVisibilityTimeoutSeconds: 1 }
    )
    await line.put('x')
    const second = await eventually(() => line.posts[1])
    const first = line.posts[0] ?? second
    assert.equal(second.headers['x-aws-sqsd-receive-count'], '2')
    for (const name of ['x-aws-sqsd-msgid', 'x-aws-sqsd-first-received-at'])
      assert.equal(second.headers[name], first.headers[name])
  })

  test('case 5: strings and numbers become headers as they are, binary attributes a line of the log', async t => {
    const line = await openDaemon(t, ok)
    await line.put('x', {
      a: text('as it is'),
      b: { DataType: 'Number', StringValue: '007.50' },
      c: { DataType: 'Number.int', StringValue: '1' },
      d: { DataType: 'String.x', StringValue: 'y' },
      e: { DataType: 'Binary', BinaryValue: Buffer.from('x') },
      f: { DataType: 'Binary.png', BinaryValue: Buffer.from('x') }
    })
    const { headers } = await eventually(() => line.posts[0])
    const values = ['a', 'b', 'c', 'd', 'e', 'f'].map(name => headers[`x-aws-sqsd-attr-${name}`])
    assert.deepEqual(values, ['as it is', '007.50', '1', 'y', undefined, undefined])
    const skipped = line.lines.filter(text =>
      / attribute skipped: Message attribute [ef] /.test(text)
    )
    assert.equal(skipped.length, 2)
  })

  test('case 6: a line break in an attribute starts no header; what is not ASCII goes out as UTF-8', async t => {
    const line = await openDaemon(t, ok)
    await line.put('x', { evil: text('a\r\nX-Injected: 1'), name: text('請求書') })
    const { headers, body } = await eventually(() => line.posts[0])
    assert.equal(headers['x-injected'], undefined)
    assert.equal(headers['x-aws-sqsd-attr-evil'], undefined)
    assert.equal(utf8(headers['x-aws-sqsd-attr-name']), '請求書')
    assert.equal(body, 'x')
    await line.logged(/ attribute skipped: X-Aws-Sqsd-Attr-Evil omitted .*control characters/)
  })

  test('case 6: no control character goes out but the tab', () => {
    const MessageAttributes = { del: text('a\x7f'), nel: text('a\u0085'), tab: text('a\tb') }
    const { headers } = toRequest({ MessageAttributes }, plain, () => {})
    const names = Object.keys(headers).filter(name => name.includes('-Attr-'))
    assert.deepEqual(names, ['X-Aws-Sqsd-Attr-Tab'])
  })

  for (const nginxHeaders of [true, false])
    test(`case 7: ${nginxHeaders ? 'with' : 'without'} the manners of nginx, trace_id ${nginxHeaders ? 'is lost' : 'arrives'}`, async t => {
      const line = await openDaemon(t, ok, { nginxHeaders })
      await line.put('x', { trace_id: text('1'), 'span.id': text('2'), 'request-id': text('3') })
      const { headers } = await eventually(() => line.posts[0])
      const values = ['trace_id', 'span.id', 'request-id'].map(
        name => headers[`x-aws-sqsd-attr-${name}`]
      )
      assert.deepEqual(values, nginxHeaders ? [undefined, undefined, '3'] : ['1', '2', '3'])
    })

  test('case 8: the case of an attribute name is lost', () => {
    const message = { MessageAttributes: { turnId: text('a'), 'message-Digest': text('b') } }
    const { headers } = toRequest(message, plain, () => {})
    const names = Object.keys(headers).filter(name => name.includes('-Attr-'))
    assert.deepEqual(names, ['X-Aws-Sqsd-Attr-Turnid', 'X-Aws-Sqsd-Attr-Message-Digest'])
  })

  test('case 26: a tick arrives at its own path, without a body, with its name and time', async t => {
    const line = await openDaemon(t, ok, { httpPath: '/jobs' })
    const due = new Date('2026-11-23T10:20:00Z')
    await send({ name: 'sweep', url: '/cron/sweep' }, due, { ...line, log: openLog(() => {}) })
    const { path, headers, body } = await eventually(() => line.posts[0])
    assert.deepEqual([path, body, headers['content-length']], ['/cron/sweep', '', '0'])
    assert.equal(headers['content-type'], 'application/json')
    assert.equal(headers['x-aws-sqsd-taskname'], 'sweep')
    assert.equal(headers['x-aws-sqsd-scheduled-at'], '2026-11-23T10:20:00Z')
    assert.equal(headers['x-aws-sqsd-path'], '/cron/sweep')
    assert.ok(!Object.keys(headers).some(name => name.includes('attr-beanstalk')))
  })

  test('case 27: anyone may send a periodic task by hand, but no header through its name', async t => {
    const line = await openDaemon(t, ok)
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
    assert.equal(utf8(names[0]), '夜間')
    assert.equal(names[1], undefined)
  })

  test('case 27: a time alone makes a periodic task without a name, at HttpPath', () => {
    const MessageAttributes = { 'beanstalk.sqsd.scheduled_time': text('now') }
    const { path, body, headers } = toRequest({ Body: 'x', MessageAttributes }, plain, () => {})
    assert.deepEqual([path, body, headers['X-Aws-Sqsd-Taskname']], ['/', '', ''])
  })

  test('case 27: with beanstalk.sqsd.path alone a message goes to HttpPath with its body', async t => {
    const line = await openDaemon(t, ok)
    await line.put('x', { 'beanstalk.sqsd.path': text('/other') })
    const { path, headers, body } = await eventually(() => line.posts[0])
    assert.deepEqual([path, headers['x-aws-sqsd-path'], body], ['/', '/other', 'x'])
  })

  test('a path that cannot be sent is an error, and stays one line of the log', async t => {
    const line = await openDaemon(t, ok)
    await line.put('x', {
      'beanstalk.sqsd.path': text('/a\r\nb'),
      'beanstalk.sqsd.scheduled_time': text('now')
    })
    await line.logged(/ socket-err: .*path/)
    assert.ok(line.lines.every(text => !/[\r\n]/.test(text)))
    assert.deepEqual([line.posts.length, await line.left()], [0, 1])
  })
})
