import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { hurry } from '../../test/hurry.ts'
import { listen } from '../../test/sqsd-gate.ts'
import { defaults } from './settings.ts'
import { openWorker } from './worker.ts'

const request = { path: '/', headers: {}, body: 'x' }

// Alone in its file, for undici keeps the clock of its first request.
test('case 18: a handler may be silent for 400 s when InactivityTimeout is 600', async t => {
  const wait = hurry(t, milliseconds => milliseconds / 100)
  const server = createServer((_request, response) => wait(() => response.end(), 4000))
  const httpUrl = await listen(t, server)
  const answers = [600, 300].map(async inactivityTimeoutSeconds => {
    const settings = { ...defaults, queueUrl: '', httpUrl, inactivityTimeoutSeconds }
    const worker = openWorker(settings)
    t.after(() => worker.close())
    return await worker.post(request)
  })
  assert.deepEqual(await Promise.all(answers), [{ status: 200 }, { failure: 'Errno::ETIMEDOUT' }])
})
