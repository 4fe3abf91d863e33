import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { describe, test } from 'node:test'
import { eventually } from '../../test/engine.ts'
import { openDaemon } from '../../test/sqsd.ts'

describe('sqsd: stops', { concurrency: 4 }, () => {
  test('case 33: a POST under way may finish, its message is deleted, and none is received', async t => {
    let finish = () => {}
    const line = await openDaemon(t, response => {
      finish = () => response.end()
    })
    await line.put('first')
    await eventually(() => line.posts.length === 1)
    const stopped = line.daemon.stop()
    finish()
    await stopped
    const receives = line.calls('ReceiveMessage').length
    await line.put('second')
    assert.equal(line.posts.length, 1)
    assert.deepEqual(await line.counts(), { visible: 1, hidden: 0 })
    assert.equal(line.calls('ReceiveMessage').length, receives)
    assert.match(line.lines.at(-1) ?? '', / stop: drained$/)
  })

  test('case 33: the delete of the last POST is sent and heard before the end', async t => {
    const held: ServerResponse[] = []
    const line = await openDaemon(t, response => held.push(response), { httpConnections: 1 })
    await line.put('last')
    await eventually(() => held.length === 1)
    const stopped = line.daemon.stop()
    held[0]?.end()
    await stopped
    assert.equal(await line.left(), 0)
  })

  test('case 33: what the last long poll brings is given back', async t => {
    const line = await openDaemon(t, response => response.end(), { waitTimeSeconds: 20 })
    await eventually(() => line.calls('ReceiveMessage').length === 1)
    const stopped = line.daemon.stop()
    await line.put('late')
    await stopped
    const [release] = line.calls('ChangeMessageVisibility')
    assert.equal(release?.input['VisibilityTimeout'], 0)
    assert.deepEqual(await line.counts(), { visible: 1, hidden: 0 })
    assert.equal(line.posts.length, 0)
  })

  test('case 33: a POST that outlasts the drain limit is cut off, and its message stays', async t => {
    const line = await openDaemon(t, () => {}, {
      drainSeconds: 1,
      errorVisibilityTimeoutSeconds: 0
    })
    await line.put('x')
    await eventually(() => line.posts.length === 1)
    await line.daemon.stop()
    assert.ok(line.lines.some(text => text.includes('drain: 1 messages cut off')))
    assert.deepEqual(await line.counts(), { visible: 0, hidden: 1 })
    assert.ok(!line.lines.some(text => text.includes('-err')))
  })
})
