import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { programPath } from '../test/needs.ts'
import { runProgram } from './program.ts'

/** Where nginx and the application of an instance listen. */
export type Ports = { address: string; nginxPort: number; appPort: number }
type Owner = { ports: Ports; logs: string }
/** A request as the access log of the rehearsal has it. */
export type Access = {
  path: string
  status: number
  seconds: number
  message: string
  receive: string
}

export function urlOf({ address, nginxPort }: Ports) {
  return `http://${address}${nginxPort === 80 ? '' : `:${nginxPort}`}`
}

const temporaries = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']

/**
 * What Beanstalk's Node.js platform has in /etc/nginx: the files of .platform/nginx/conf.d in http {},
 * those of conf.d/elasticbeanstalk in server {}. Ours are only the places, and the log.
 */
export function nginxConfig({ address, nginxPort }: Ports, logs: string, user?: string): string {
  return `${user ? `user ${user};\n` : ''}daemon off;
worker_processes 1;
pid pid;
error_log ${logs}/nginx-error.log warn;
events { worker_connections 1024; }

http {
  server_tokens off;
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
${temporaries.map(name => `  ${name}_temp_path temporary/${name};`).join('\n')}
  log_format rehearsal escape=json '{"path":"$uri","status":$status,"seconds":$request_time,'
    '"message":"$http_x_aws_sqsd_msgid","receive":"$http_x_aws_sqsd_receive_count"}';

  include conf.d/*.conf;

  map $http_upgrade $connection_upgrade { default "upgrade"; }

  server {
    listen ${address}:${nginxPort} default_server;
    access_log ${logs}/nginx-access.log rehearsal;
    client_header_timeout 60;
    client_body_timeout 60;
    keepalive_timeout 60;
    gzip off;
    include conf.d/elasticbeanstalk/*.conf;
  }
}
`
}

/** The location that Beanstalk adds to the files of `conf.d/elasticbeanstalk`. */
export function applicationConfig({ address, appPort }: Ports): string {
  return `location / {
  proxy_pass http://${address}:${appPort};
  proxy_http_version 1.1;
  proxy_set_header Connection $connection_upgrade;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Host $host;
  proxy_set_header X-Real-IP $remote_addr;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
}
`
}

/** Writes the configuration of an instance from its bundle, and has nginx check it. */
export async function configureNginx(folder: string, bundle: string, { ports, logs }: Owner) {
  const given = join(bundle, '.platform/nginx')
  if (existsSync(join(given, 'nginx.conf')))
    throw new Error(
      '.platform/nginx/nginx.conf replaces all that Beanstalk has; it is not rehearsed.'
    )
  const own = join(folder, 'conf.d/elasticbeanstalk')
  mkdirSync(own, { recursive: true })
  mkdirSync(join(folder, 'temporary'))
  if (existsSync(join(given, 'conf.d')))
    cpSync(join(given, 'conf.d'), join(folder, 'conf.d'), { recursive: true })
  writeFileSync(join(own, '00_application.conf'), applicationConfig(ports))
  const { uid, username } = userInfo()
  // Else the workers become nobody, who may not enter the folder.
  const user = uid === 0 ? username : undefined
  writeFileSync(join(folder, 'nginx.conf'), nginxConfig(ports, logs, user))
  const about = { name: 'nginx -t', cwd: folder, env: {}, log: join(logs, 'nginx-error.log') }
  await runProgram([...nginxCommand(folder, logs), '-t'], about)
}

/** How nginx is called with a configuration of ours. */
export function nginxCommand(folder: string, logs: string): [string, ...string[]] {
  const nginx = programPath('nginx') ?? 'nginx'
  const file = join(folder, 'nginx.conf')
  return [nginx, '-p', folder, '-c', file, '-e', join(logs, 'nginx-error.log')]
}

/** What an instance was asked, in order. */
export function accessesIn(lines: string[]): Access[] {
  return lines.filter(line => line.startsWith('{')).map(line => JSON.parse(line))
}
