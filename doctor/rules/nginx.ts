import type { Finding, Rule } from '../finding.ts'
import { type Directive, directives, httpFiles, serverFiles } from '../nginx.ts'
import { tryNginx } from '../nginx-test.ts'
import { type Project, pathsLike } from '../project.ts'

type Placed = Directive & { file: string }

/** What Beanstalk's own server block sets. */
const taken = [
  'client_header_timeout',
  'client_body_timeout',
  'keepalive_timeout',
  'gzip',
  'gzip_comp_level'
]

/** May stand once in http {} and once in server {}. */
const single = [
  ...['client_max_body_size', 'large_client_header_buffers', 'proxy_buffering'],
  ...['proxy_connect_timeout', 'proxy_read_timeout', 'proxy_request_buffering'],
  ...['proxy_send_timeout', 'send_timeout', 'server_tokens', 'underscores_in_headers']
]

export const nginxDuplicates: Rule = {
  name: 'nginx-duplicates',
  checks: 'no directive stands twice in http {} or in the server {} that Beanstalk writes',
  find: project => {
    const server = directives(project, serverFiles)
    const twice = [server, directives(project, httpFiles)].flatMap(repeated)
    return [...server.filter(isTaken), ...twice].map(({ name, file, line }) => ({
      file,
      line,
      problem: `${name} stands here a second time.`,
      onAws: `nginx does not start: "${name}" directive is duplicate, and the deploy fails.`,
      fix: server.some(other => isTaken(other) && other.name === name)
        ? 'delete it; Beanstalk sets it in the same server block. For the load balancer, change its IdleTimeout.'
        : 'delete one of the two.'
    }))
  }
}

function isTaken({ name, args }: Placed) {
  const isRoot = name === 'location' && args.join(' ') === '/'
  return taken.includes(name) || isRoot || (name === 'listen' && /^80\b/.test(args[0] ?? ''))
}

function repeated(all: Placed[]): Placed[] {
  const names = all.map(({ name }) => name)
  return all.filter(({ name }, index) => single.includes(name) && names.indexOf(name) < index)
}

export const nginxOverridden: Rule = {
  name: 'nginx-overridden',
  checks: 'no directive in http {} is overridden by the server {} that Beanstalk writes',
  find: project =>
    directives(project, httpFiles)
      .filter(({ name }) => taken.includes(name))
      .map(({ name, file, line }) => ({
        file,
        line,
        problem: `${name} has no effect here.`,
        onAws: "Beanstalk's server block sets it as well, and that counts.",
        fix: 'delete it; only a .platform/nginx/nginx.conf of your own can change it.'
      }))
}

/** Where a file for nginx has an effect. */
const right = /^\.platform\/nginx\/(nginx\.conf|conf\.d\/([^/]+|elasticbeanstalk\/[^/]+)\.conf)$/

export const nginxPlaces: Rule = {
  name: 'nginx-places',
  checks: 'every file for nginx is where the platform reads it',
  find: project =>
    pathsLike(project, /^(\.platform|\.ebextensions)\/nginx\//)
      .filter(file => !right.test(file))
      .map(file => ({
        file,
        line: 1,
        problem: 'nginx never reads this file.',
        onAws: 'it is ignored without a word, and the defaults hold: 60 s, 1 MiB.',
        fix: 'move it to .platform/nginx/conf.d/ (for http {}) or conf.d/elasticbeanstalk/ (for server {}), as *.conf.'
      }))
}

export const nginxTest: Rule = {
  name: 'nginx-test',
  checks: 'nginx takes the files where Beanstalk includes them (where nginx is installed)',
  find: project => (isWrong(project) ? [] : tryNginx(project))
}

/** Said better by another rule. */
function isWrong(project: Project): boolean {
  const others = [nginxDuplicates, nginxOverridden, nginxPlaces]
  return others.some(rule => (rule.find(project) as Finding[]).length > 0)
}
