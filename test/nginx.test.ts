import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { kinds } from '../src/jobs/index.ts'
import { eventually } from './engine.ts'
import { freePort } from './free-port.ts'
import { needs, programPath } from './needs.ts'

const platform = join(import.meta.dirname, '../.platform/nginx/conf.d')

/** Our files in the places where Beanstalk's own configuration of nginx includes them. */
function configuration(folder: string, port: number, appPort: number) {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map(name => `${name}_temp_path ${folder}/${name};`)
    .join(' ')
  return `daemon off; master_process off; pid ${folder}/pid; error_log stderr;
events {}
http {
  access_log off; ${temporary}
  include ${folder}/conf.d/*.conf;
  server {
    listen 127.0.0.1:${port};
    client_header_timeout 60; client_body_timeout 60; keepalive_timeout 60; gzip off;
    include ${folder}/conf.d/elasticbeanstalk/*.conf;
    location / {
      proxy_pass http://127.0.0.1:${appPort};
      proxy_http_version 1.1;
      proxy_set_header Host $host;
      proxy_set_header X-Real-IP $remote_addr;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }
  }
}
`
}

/** nginx as on an instance, before an application that answers with the headers it sees. */
async function startNginx(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'beanline-nginx-'))
  const app = createServer(({ headers }, reply) => reply.end(JSON.stringify(headers)))
  const appPort = await listen(app)
  const port = await freePort()
  cpSync(platform, join(folder, 'conf.d'), { recursive: true })
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port, appPort))
  const args = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr']
  const child = spawn(programPath('nginx') as string, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', text => {
    complaint += text
  })
  t.after(async () => {
    app.close()
    app.closeAllConnections()
    if (child.exitCode === null && child.kill()) await once(child, 'exit')
    rmSync(folder, { recursive: true, force: true })
  })
  await eventually(async () => {
    assert.equal(child.exitCode, null, complaint)
    return await ask(port, {}).catch(() => undefined)
  })
  return port
}

async function listen(server: Server) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
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
  const port = await startNginx(t)

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
  const port = await startNginx(t)
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
