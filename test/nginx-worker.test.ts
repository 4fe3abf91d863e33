import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { startSqsd } from '../src/sqsd/daemon.ts'
import { buildWorker } from '../src/worker/app.ts'
import { eventually, openEngine, recordJob, reload } from './engine.ts'
import { needs } from './needs.ts'
import { startNginx } from './nginx.ts'

const skip = needs('nginx')
const daemon = 'User-Agent: aws-sqsd/3.0.5'

async function openWorker(t: TestContext, isFar: boolean) {
  const engine = await openEngine(t, 'sqlite::memory:', async () => ({}))
  const app = buildWorker(engine)
  t.after(() => app.close())
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port: appPort } = app.server.address() as { port: number }
  return { engine, port: await startNginx(t, appPort, isFar) }
}

/** Posts as somebody at another address does, with these headers; gives the status. */
async function postFrom(address: string, port: number, headers: string[], path = '/', body = '') {
  const socket = connect(port, '127.0.0.1')
  const family = address.includes(':') ? 'TCP6' : 'TCP4'
  const head = ['Host: worker.example', `Content-Length: ${body.length}`, 'Connection: close']
  socket.write(`PROXY ${family} ${address} ${address} 4711 80\r\n`)
  socket.write(`POST ${path} HTTP/1.1\r\n${[...head, ...headers].join('\r\n')}\r\n\r\n${body}`)
  let answer = ''
  socket.on('data', data => {
    answer += data
  })
  await once(socket, 'close')
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])
}

test('sqsd on the machine gets through nginx to the worker', { skip }, async t => {
  const { engine, port } = await openWorker(t, false)
  const job = await recordJob(engine)
  await engine.queue.send(job.id)
  const settings = {
    queueUrl: engine.aws.queueUrl,
    httpUrl: `http://127.0.0.1:${port}`,
    waitTimeSeconds: 1
  }
  const sqsd = await startSqsd(settings, { sqs: engine.aws.sqs, log: () => {} })
  t.after(() => sqsd.stop())
  await eventually(async () => (await reload(engine, job)).state === 'finished')
})

/** What somebody outside may claim to be. */
const forgeries = [
  [daemon],
  [daemon, 'X-Forwarded-For: 127.0.0.1'],
  [daemon, 'X-Forwarded-For: ::1'],
  [daemon, 'X-Forwarded-For: '],
  [daemon, 'X-Forwarded-For: 127.0.0.1', 'X-Forwarded-For: 127.0.0.1'],
  [daemon, 'X_Forwarded_For: 127.0.0.1'],
  [daemon, 'X-Real-IP: 127.0.0.1', 'Forwarded: for=127.0.0.1'],
  [daemon, 'Connection: close, X-Forwarded-For'],
  [daemon, 'X-Aws-Sqsd-Msgid: 1', 'X-Aws-Sqsd-Receive-Count: 1', 'X-Aws-Sqsd-Queue: beanline-jobs'],
  ['User-Agent: curl/8', 'X-Forwarded-For: 127.0.0.1'],
  ['User-Agent: ELB-HealthChecker/2.0']
]

test('nobody from outside gets through nginx to the worker, whatever they claim', {
  skip
}, async t => {
  const { engine, port } = await openWorker(t, true)
  const job = await recordJob(engine)
  const body = JSON.stringify({ job: job.id })
  for (const address of ['203.0.113.7', '10.0.0.5', '169.254.1.1', '128.0.0.1', '2001:db8::1'])
    for (const headers of forgeries) {
      const claim = `${address} ${headers.join(', ')}`
      assert.equal(await postFrom(address, port, headers, '/', body), 403, claim)
      assert.equal(await postFrom(address, port, headers, '/cron/sweep'), 403, claim)
    }
  assert.equal((await reload(engine, job)).state, 'waiting')
  assert.deepEqual(await engine.database('ticks'), [])
  assert.equal(await postFrom('127.0.0.1', port, ['User-Agent: curl/8'], '/', body), 403)
  assert.equal(await postFrom('127.0.0.1', port, [daemon], '/', body), 200)
})
