import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { eventually } from '../../test/engine.ts'
import { type Daemon, ok, openDaemon, type Respond } from '../../test/sqsd.ts'
import { presetSettings } from './settings.ts'

/** The worker fails its first POST after so long and takes the second. */
const failsOnce =
  (milliseconds = 0): Respond =>
  (response, _post, nth) =>
    setTimeout(() => response.writeHead(nth === 1 ? 500 : 200).end(), milliseconds)

/** Sends a message; gives how many seconds later it has come for the second time. */
async function secondsUntilSecond({ put, posts }: Daemon) {
  const sentAt = performance.now()
  await put('x')
  return ((await eventually(() => posts[1])).at - sentAt) / 1000
}

/** After how many seconds the daemon wants its messages to come again. */
const visibilities = ({ calls }: Daemon) =>
  calls('ChangeMessageVisibility').map(({ input }) => input['VisibilityTimeout'])

describe('sqsd: the answer', { concurrency: 6 }, () => {
  test('case 9: an answer of 200 deletes the message within two seconds, whatever its body says', async t => {
    const line = await openDaemon(t, response => response.end('no!'))
    await line.put('x')
    const { at } = await eventually(() => line.posts[0])
    const [call] = await eventually(() => {
      const calls = line.calls('DeleteMessageBatch')
      return calls.length > 0 && calls
    })
    // Batched for 200 ms at most.
    assert.ok(performance.now() - at < 2000)
    assert.equal((call?.input['Entries'] as unknown[] | undefined)?.length, 1)
    await eventually(async () => (await line.left()) === 0)
  })

  for (const status of [201, 202, 204, 206, 301, 302, 400, 404, 413, 429, 500, 502, 504])
    test(`case 10: an answer of ${status} does not delete the message`, async t => {
      const line = await openDaemon(t, response => {
        response.writeHead(status, { location: '/elsewhere', 'retry-after': '0' }).end()
      })
      const id = await line.put('x')
      const log = await line.logged(/http-err/)
      assert.match(log, new RegExp(`^\\S+Z http-err: ${id} \\(1\\) ${status} - \\d+\\.\\d{3}$`))
      assert.equal(await line.left(), 1)
      assert.equal(line.posts.length, 1, 'no redirect is followed, no Retry-After heeded')
      assert.equal(line.lines.filter(text => text.includes('http-err')).length, 1)
    })

  test('case 11: without ErrorVisibilityTimeout a failed message comes again when its visibility ends', async t => {
    const line = await openDaemon(t, failsOnce(1000), { visibilityTimeoutSeconds: 3 })
    const seconds = await secondsUntilSecond(line)
    assert.ok(seconds > 2.9, `${seconds} s`)
    assert.deepEqual(visibilities(line), [])
  })

  test('case 12: with ErrorVisibilityTimeout it comes again so long after the failure', async t => {
    const line = await openDaemon(t, failsOnce(1000), { errorVisibilityTimeoutSeconds: 2 })
    const seconds = await secondsUntilSecond(line)
    assert.ok(seconds > 2.9, `${seconds} s: one to the failure, and two`)
    assert.deepEqual(visibilities(line), [2])
  })

  test('case 12: with 0 it comes again at once', async t => {
    const line = await openDaemon(t, failsOnce(), { errorVisibilityTimeoutSeconds: 0 })
    await line.put('x')
    await eventually(() => line.posts.length === 2)
    assert.deepEqual(visibilities(line), [0])
  })

  test('case 12: the documented behaviour is two seconds, and for answers only', async t => {
    const line = await openDaemon(t, response => response.destroy(), presetSettings('docs', {}))
    await line.put('x')
    await line.logged(/ socket-err: /)
    const answering = await openDaemon(t, failsOnce(), presetSettings('docs', {}))
    const seconds = await secondsUntilSecond(answering)
    assert.ok(seconds > 1.9, `${seconds} s`)
    assert.deepEqual([visibilities(line), visibilities(answering)], [[], [2]])
  })

  test('case 13: a visibility beyond twelve hours is refused by SQS, logged, and survived', async t => {
    const line = await openDaemon(
      t,
      (response, { body }) => response.writeHead(body === 'bad' ? 500 : 200).end(),
      { errorVisibilityTimeoutSeconds: 43_200 }
    )
    const message = 'Total VisibilityTimeout for the message is beyond the limit [43200 seconds]'
    line.refuse('ChangeMessageVisibility', { status: 400, name: 'InvalidParameterValue', message })
    const id = await line.put('bad')
    await line.logged(new RegExp(` visibility: ${id} comes again when .*beyond the limit`))
    await line.put('good')
    await eventually(() => line.posts.length === 2)
  })

  test('case 14: a worker that is down is logged, and the message comes again', async t => {
    const down = { httpUrl: 'http://127.0.0.1:9', errorVisibilityTimeoutSeconds: 1 }
    const line = await openDaemon(t, ok, down)
    const id = await line.put('x')
    await line.logged(new RegExp(` socket-err: ${id} \\(1\\) Errno::ECONNREFUSED - `))
    await line.logged(new RegExp(` socket-err: ${id} \\(2\\) Errno::ECONNREFUSED - `))
  })

  test('case 16: a silent worker is cut off after InactivityTimeout', async t => {
    let isClosed = false
    const silent: Respond = response => response.on('close', () => (isClosed = true))
    const settings = { inactivityTimeoutSeconds: 2, visibilityTimeoutSeconds: 5 }
    const line = await openDaemon(t, silent, settings)
    const again = await secondsUntilSecond(line)
    assert.ok(again > 4.9, `${again} s: when the visibility ends`)
    const log = await line.logged(/socket-err/)
    const [, seconds] = /\(1\) Errno::ETIMEDOUT - (\S+)$/.exec(log) ?? []
    assert.ok(Number(seconds) > 1 && Number(seconds) < 5, log)
    await eventually(() => isClosed)
  })

  test('case 16: with ErrorVisibilityTimeout the message comes again so long after the cut', async t => {
    const settings = { inactivityTimeoutSeconds: 1, errorVisibilityTimeoutSeconds: 1 }
    const line = await openDaemon(t, () => {}, settings)
    const again = await secondsUntilSecond(line)
    assert.ok(again > 1.9, `${again} s`)
    assert.equal(visibilities(line)[0], 1)
  })

  test('case 17: a worker that keeps sending may take longer than InactivityTimeout', async t => {
    const drip: Respond = response => {
      let sent = 0
      const dripping = setInterval(() => {
        sent += 1
        if (sent < 20) return response.write('.')
        clearInterval(dripping)
        response.end()
      }, 200)
    }
    const line = await openDaemon(t, drip, { inactivityTimeoutSeconds: 2 })
    await line.put('x')
    await eventually(async () => line.posts.length > 0 && (await line.left()) === 0)
    assert.ok(!line.lines.some(text => text.includes('-err')))
    assert.equal(line.posts.length, 1)
  })

  test('case 19: a worker that closes without an answer has failed; the message comes again', async t => {
    const line = await openDaemon(
      t,
      (response, _post, nth) => (nth === 1 ? response.destroy() : response.end()),
      { errorVisibilityTimeoutSeconds: 0 }
    )
    const id = await line.put('x')
    await line.logged(new RegExp(` socket-err: ${id} \\(1\\) connection closed by server`))
    const second = await eventually(() => line.posts[1])
    assert.equal(second.headers['x-aws-sqsd-receive-count'], '2')
  })

  test('case 19: version 2 POSTs it again in the same receive, but not for ever', async t => {
    const line = await openDaemon(t, response => response.destroy(), presetSettings('v2', {}))
    await line.put('x')
    await line.logged(/ socket-err: .* connection closed by server/)
    assert.equal(line.posts.length, 4)
    for (const { headers } of line.posts) assert.equal(headers['x-aws-sqsd-receive-count'], '1')
  })

  test('an answer of 200 that breaks off does not delete the message', async t => {
    const line = await openDaemon(t, response => {
      response.writeHead(200, { 'content-length': 100 })
      response.write('half', () => response.destroy())
    })
    await line.put('x')
    await line.logged(/ socket-err: .*\(1\) connection closed by server/)
    assert.equal(await line.left(), 1)
  })
})
