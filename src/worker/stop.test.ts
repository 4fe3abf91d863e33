import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'
import { eventually, openEngine, recordJob, reload } from '../../test/engine.ts'
import { buildWorker } from './app.ts'

test('a worker that stops waits for a job although its sender is gone', async t => {
  const { promise: gate, resolve: open } = Promise.withResolvers<object>()
  const engine = await openEngine(t, 'sqlite::memory:', () => gate)
  const app = buildWorker(engine)
  t.after(() => app.close())
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as { port: number }
  const job = await recordJob(engine)
  const headers = { 'user-agent': 'aws-sqsd/3.0.5', 'content-type': 'application/json' }
  const post = request({ port, host: '127.0.0.1', method: 'POST', path: '/', headers })
  const gone = new Promise<void>(resolve => post.on('error', () => resolve()))
  post.end(JSON.stringify({ job: job.id }))
  await eventually(async () => (await reload(engine, job)).state === 'running')
  post.destroy()
  await gone
  const closing = app.close()
  const url = `http://127.0.0.1:${port}/healthz`
  const isHungUp = () =>
    fetch(url).then(
      () => false,
      () => true
    )
  await eventually(isHungUp)
  assert.equal((await reload(engine, job)).state, 'running')
  open({})
  await closing
  assert.equal((await reload(engine, job)).state, 'finished')
})
