import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../../test/engine.ts'
import { fullPort } from '../../test/full-port.ts'
import { ok, openDaemon } from '../../test/sqsd.ts'
import type { Fault } from './health.ts'

const ask = async (port: number | undefined, path = '/health') => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`)
  return { status: response.status, fault: (await response.json()) as Partial<Fault> }
}

test('a daemon that polls and reaches its worker is healthy', async t => {
  const line = await openDaemon(t, ok, { healthPort: 0 })
  const healthy = await eventually(async () => {
    const answer = await ask(line.daemon.healthPort)
    return answer.status === 200 && answer
  })
  assert.deepEqual(healthy.fault, {})
  const url = `http://127.0.0.1:${line.daemon.healthPort}/health`
  assert.ok(line.lines.some(text => text.endsWith(` health: ${url}`)))
  assert.equal((await ask(line.daemon.healthPort, '/')).status, 404)
})

test('a worker that takes no connection is a fault, with cause and time', async t => {
  const line = await openDaemon(t, ok, { healthPort: 0, httpUrl: 'http://127.0.0.1:9' })
  const { fault } = await eventually(async () => {
    const answer = await ask(line.daemon.healthPort)
    return answer.fault.cause?.includes('ECONNREFUSED') && answer
  })
  assert.match(fault.cause ?? '', /^no connection to 127\.0\.0\.1:9: /)
  assert.match(fault.timestamp ?? '', /^\d{4}-.*Z$/)
})

test('a worker with an IPv6 address is asked at that address', async t => {
  const line = await openDaemon(t, ok, { healthPort: 0, httpUrl: 'http://[::1]:9' })
  const { fault } = await eventually(async () => {
    const answer = await ask(line.daemon.healthPort)
    return answer.fault.cause?.startsWith('no connection') && answer
  })
  assert.match(fault.cause ?? '', /^no connection to \[::1\]:9: connect E\w+ ::1:9/)
})

test('a worker that never accepts a connection is a fault within seconds', async t => {
  const httpUrl = `http://127.0.0.1:${await fullPort(t)}`
  const line = await openDaemon(t, ok, { healthPort: 0, httpUrl })
  const { fault } = await eventually(async () => {
    const answer = await ask(line.daemon.healthPort)
    return answer.fault.cause?.startsWith('no connection') && answer
  })
  assert.match(fault.cause ?? '', /aborted/)
})

test('a start that fails leaves no health port behind, and a taken one is a sentence', async t => {
  const line = await openDaemon(t, ok, { healthPort: 0 })
  const taken = { healthPort: line.daemon.healthPort as number }
  await assert.rejects(
    openDaemon(t, ok, taken),
    /^Error: The health port can't be had: .*EADDRINUSE/
  )
  await line.daemon.stop()
  const broken = { ...taken, cronFile: 'cron.yaml', registryUrl: 'mysql://root@127.0.0.1:9/x' }
  await assert.rejects(openDaemon(t, ok, broken), /^Error: The registry can't be used/)
  await assert.rejects(ask(taken.healthPort), /fetch failed/)
})

test('a queue that was never polled is a fault', async t => {
  const line = await openDaemon(t, ok, {
    healthPort: 0,
    queueUrl: 'http://127.0.0.1/000000000000/absent'
  })
  await line.logged(/ pollers: /)
  const { status, fault } = await ask(line.daemon.healthPort)
  assert.equal(status, 503)
  assert.match(fault.cause ?? '', /QueueDoesNotExist|does not exist/)
})
