import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { eventually } from './engine.ts'
import { freePort } from './free-port.ts'
import { programPath } from './needs.ts'

/** Our part of the configuration of nginx. */
export const platform = join(import.meta.dirname, '../.platform/nginx/conf.d')

/** Our files in the places where Beanstalk's own configuration of nginx includes them. */
function configuration(folder: string, port: number, appPort: number, isFar: boolean) {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map(name => `${name}_temp_path ${folder}/${name};`)
    .join(' ')
  return `daemon off; master_process off; pid ${folder}/pid; error_log stderr;
events {}
http {
  access_log off; ${temporary}
  include ${folder}/conf.d/*.conf;
  server {
    listen 127.0.0.1:${port}${isFar ? ' proxy_protocol' : ''};
    ${isFar ? 'set_real_ip_from 127.0.0.1; real_ip_header proxy_protocol;' : ''}
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

/**
 * nginx as on an instance, before an application. With `isFar` every connection begins with a line that says
 * where it comes from (the PROXY protocol), and nginx takes that for its address.
 */
export async function startNginx(t: TestContext, appPort: number, isFar = false) {
  const folder = mkdtempSync(join(tmpdir(), 'beanline-nginx-'))
  const port = await freePort()
  cpSync(platform, join(folder, 'conf.d'), { recursive: true })
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port, appPort, isFar))
  const args = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr']
  const child = spawn(programPath('nginx') as string, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', text => {
    complaint += text
  })
  t.after(async () => {
    if (child.exitCode === null && child.kill()) await once(child, 'exit')
    rmSync(folder, { recursive: true, force: true })
  })
  await eventually(async () => {
    assert.equal(child.exitCode, null, complaint)
    return await isOpen(port)
  })
  return port
}

async function isOpen(port: number) {
  const socket = connect(port, '127.0.0.1')
  const opened = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false)
  ]).catch(() => false)
  socket.destroy()
  return opened
}

export async function listen(server: Server) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}
