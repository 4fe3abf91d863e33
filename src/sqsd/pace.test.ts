import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { describe, test } from 'node:test'
import { eventually } from '../../test/engine.ts'
import { type Daemon, ok, openDaemon } from '../../test/sqsd.ts'

const refused = { status: 403, name: 'AccessDenied' }

/** The pauses that the log tells of, in milliseconds. */
const pauses = ({ lines }: Daemon) =>
  lines.flatMap(line => /next try in (\d+) ms/.exec(line)?.[1] ?? []).map(Number)

describe('sqsd: the pace', { concurrency: 8 }, () => {
  test('case 20: under load several receives are open at once, but not many', async t => {
    const held: ServerResponse[] = []
    const line = await openDaemon(t, response => held.push(response))
    await Promise.all(Array.from({ length: 40 }, (_, n) => line.put(`slow ${n}`)))
    await eventually(() => held.length === 40)
    for (const response of held) response.end()
    await eventually(async () => (await line.left()) === 0)
    assert.ok(line.mostReceives() >= 2 && line.mostReceives() <= 4, `${line.mostReceives()}`)
  })

  test('case 20: with few free slots a message is not held up', async t => {
    const held: ServerResponse[] = []
    const line = await openDaemon(
      t,
      (response, { body }) => (body === 'slow' ? held.push(response) : response.end()),
      { httpConnections: 10 }
    )
    await line.put('slow')
    await eventually(() => held.length === 1)
    const startedAt = performance.now()
    for (let n = 2; n < 22; n += 1) {
      await line.put(`quick ${n}`)
      await eventually(() => line.posts.length === n)
    }
    // Each would wait for a second if it had to wait for the end of a receive.
    assert.ok(performance.now() - startedAt < 15_000)
    held[0]?.end()
  })

  test('case 34: the pauses grow to ten seconds, and the order to stop ends one', async t => {
    const line = await openDaemon(t, ok)
    line.refuse('ReceiveMessage', refused, 7)
    await eventually(() => pauses(line).length === 6, 40)
    assert.deepEqual(pauses(line), [500, 1000, 2000, 4000, 8000, 10_000])
    const startedAt = performance.now()
    await line.daemon.stop()
    assert.ok(performance.now() - startedAt < 2000)
  })

  test('case 34: after a receive that works the pauses are short again', async t => {
    const line = await openDaemon(t, ok)
    line.refuse('ReceiveMessage', refused, 2)
    await line.put('x')
    await eventually(() => line.posts.length === 1)
    await eventually(() => pauses(line).length === 2)
    await line.put('y')
    await eventually(() => line.posts.length === 2)
    line.refuse('ReceiveMessage', refused)
    await eventually(() => pauses(line).length === 3)
    assert.deepEqual(pauses(line), [500, 1000, 500])
  })

  for (const [action, sign] of Object.entries({
    ReceiveMessage: / pollers: .*next try in 500 ms/,
    DeleteMessageBatch: / delete: 1 messages failed: /,
    ChangeMessageVisibility: / visibility: \S+ comes again when its visibility times out: /
  }))
    test(`case 34: a ${action} that is never answered is given up`, async t => {
      const line = await openDaemon(
        t,
        (response, { body }) => response.writeHead(body === 'bad' ? 500 : 200).end(),
        { errorVisibilityTimeoutSeconds: 1, visibilityTimeoutSeconds: 3 }
      )
      line.refuse(action, 'silence')
      await line.put(action === 'ChangeMessageVisibility' ? 'bad' : 'good')
      await eventually(() => line.lines.some(text => sign.test(text)), 30)
      await line.put('another')
      await eventually(() => line.posts.some(({ body }) => body === 'another'))
    })
})
