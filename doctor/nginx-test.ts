import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { programPath } from '../test/needs.ts'
import type { Finding } from './finding.ts'
import { httpFiles, serverFiles } from './nginx.ts'
import { type Project, pathsLike } from './project.ts'

/** True where `nginx -t` can be asked. */
export const hasNginx = () => programPath('nginx') !== undefined

/** What surrounds our files on an instance (Node.js on Amazon Linux 2023). */
const frame = (folder: string) => `pid ${folder}/pid; error_log stderr; events {}
http {
  default_type application/octet-stream;
  log_format main '$remote_addr';
  include ${folder}/conf.d/*.conf;
  map $http_upgrade $connection_upgrade { default "upgrade"; }
  server {
    listen unix:${folder}/socket;
    access_log off;
    client_header_timeout 60; client_body_timeout 60; keepalive_timeout 60;
    gzip off; gzip_comp_level 4;
    location / { proxy_pass http://127.0.0.1:8080; proxy_http_version 1.1; }
    include ${folder}/conf.d/elasticbeanstalk/*.conf;
  }
}`

/** Asks nginx itself, where it is installed, in a folder that is gone afterwards. */
export function tryNginx(project: Project): Finding[] {
  const program = programPath('nginx')
  if (!program || project.texts.has('.platform/nginx/nginx.conf')) return []
  const folder = mkdtempSync(join(tmpdir(), 'beanline-doctor-'))
  try {
    write(project, folder)
    const args = ['-t', '-p', folder, '-c', join(folder, 'nginx.conf')]
    const { status, stderr } = spawnSync(program, args, { timeout: 10_000 })
    return status === 0 ? [] : [explain(String(stderr), folder)]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function write(project: Project, folder: string) {
  mkdirSync(join(folder, 'conf.d', 'elasticbeanstalk'), { recursive: true })
  writeFileSync(join(folder, 'nginx.conf'), frame(folder))
  const copy = (path: string, ...to: string[]) =>
    writeFileSync(join(folder, ...to, basename(path)), project.texts.get(path) ?? '')
  for (const path of pathsLike(project, httpFiles)) copy(path, 'conf.d')
  for (const path of pathsLike(project, serverFiles)) copy(path, 'conf.d', 'elasticbeanstalk')
}

/** `nginx: [emerg] unknown directive "x" in /tmp/…/conf.d/10-app.conf:3` */
function explain(said: string, folder: string): Finding {
  const [, problem = said.trim(), path = '', line = '1'] =
    /\[emerg\] (?:\d+#\d+: )?(.*) in (\S+):(\d+)/.exec(said) ?? []
  const place = path.replace(`${folder}/`, '.platform/nginx/')
  return {
    file: place.startsWith('.platform/nginx/conf.d/') ? place : '.platform/nginx/conf.d',
    line: Number(line),
    problem: `nginx does not take this: ${problem}.`,
    onAws: 'the deploy fails at the proxy, and the version before stays.',
    fix: 'correct the directive; files in conf.d/ are within http {}, those in conf.d/elasticbeanstalk/ within server {}.'
  }
}
