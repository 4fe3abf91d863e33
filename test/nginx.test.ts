import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { kinds } from '../src/jobs/index.ts'
import { needs } from './needs.ts'
import { listen, platform, startNginx } from './nginx.ts'

/** nginx before an application that answers with the headers it sees. */
async function start(t: TestContext) {
  const app = createServer(({ headers }, reply) => reply.end(JSON.stringify(headers)))
  const port = await startNginx(t, await listen(app))
  t.after(() => {
    app.close()
    app.closeAllConnections()
  })
  return port
}

/** Not `fetch`, which knows only the host that it connects to. */
async function ask(port: number, headers: Record<string, string>, method = 'GET') {
  const asking = request({ host: '127.0.0.1', port, path: '/new/invoice?lang=ja', method, headers })
  asking.end()
  const [answer] = await once(asking, 'response')
  let body = ''
  for await (const text of answer.setEncoding('utf8')) body += text
  return { status: answer.statusCode, headers: answer.headers, body }
}

const person = { host: 'jobs.example.jp', 'x-forwarded-for': '203.0.113.7' }

test('nginx sends who comes by HTTP to HTTPS, and nobody else', {
  skip: needs('nginx')
}, async t => {
  const port = await start(t)

  const plain = await ask(port, { ...person, 'x-forwarded-proto': 'http' }, 'POST')
  assert.equal(plain.status, 308)
  assert.equal(plain.headers.location, 'https://jobs.example.jp/new/invoice?lang=ja')

  const safe = await ask(port, { ...person, 'x-forwarded-proto': 'https' })
  assert.equal(safe.status, 200)
  assert.equal(safe.headers['strict-transport-security'], 'max-age=31536000')
  assert.equal(JSON.parse(safe.body)['x-forwarded-for'], '203.0.113.7, 127.0.0.1')

  for (const caller of [
    { 'user-agent': 'ELB-HealthChecker/2.0' },
    { 'user-agent': 'aws-sqsd/3' }
  ]) {
    const local = await ask(port, caller, 'POST')
    assert.equal(local.status, 200)
    assert.equal(local.headers['strict-transport-security'], undefined)
  }
})

test('a header of a message keeps the "_" in its name', { skip: needs('nginx') }, async t => {
  const port = await start(t)
  const { body } = await ask(port, { 'X-Aws-Sqsd-Attr-Trace_id': '1' })
  assert.equal(JSON.parse(body)['x-aws-sqsd-attr-trace_id'], '1')
})

test('what a form may carry gets through, so that the form says what is too large', () => {
  const [, megabytes] =
    /client_max_body_size (\d+)m;/.exec(readFileSync(join(platform, '10-app.conf'), 'utf8')) ?? []
  for (const { name, form } of kinds) {
    const files = Object.values(form.files ?? {}).reduce((sum, { most }) => sum + most, 0)
    const text = 2 ** 20
    assert.ok(files + text < Number(megabytes) * 2 ** 20, `${name}: ${files} bytes of files`)
  }
})
