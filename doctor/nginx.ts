import { type Project, pathsLike } from './project.ts'

export type Directive = { name: string; args: string[]; line: number; block?: Directive[] }
/** A value of nginx in seconds or bytes, and where it is set; its own default stands nowhere. */
export type Limit = { value: number; file: string; line: number }

/** Beanstalk includes these in http {}, and those in server {}. */
export const httpFiles = /^\.platform\/nginx\/conf\.d\/[^/]+\.conf$/
export const serverFiles = /^\.platform\/nginx\/conf\.d\/elasticbeanstalk\/[^/]+\.conf$/

/** The directives of a file; a mistake in it is for `nginx -t` to find. */
export function readNginx(text: string): Directive[] {
  const root: Directive[] = []
  const open = [root]
  let words: { text: string; line: number }[] = []
  for (const token of tokens(text)) {
    if (token.text === '}') open.pop()
    else if (token.text !== ';' && token.text !== '{') words.push(token)
    else {
      const [first, ...args] = words
      const block = token.text === '{' ? [] : undefined
      if (first)
        open.at(-1)?.push({
          name: first.text,
          args: args.map(({ text }) => text),
          line: first.line,
          ...(block && { block })
        })
      if (block) open.push(block)
      words = []
    }
  }
  return root
}

function* tokens(text: string) {
  const pattern = /#[^\n]*|"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|[;{}]|(?:\$\{\w+\}|[^\s;{}"'])+/g
  for (const match of text.matchAll(pattern)) {
    if (match[0].startsWith('#')) continue
    const line = text.slice(0, match.index).split('\n').length
    yield { text: match[1] ?? match[2] ?? match[0], line }
  }
}

/** Seconds that nginx waits for the application. */
export function readTimeout(project: Project): Limit {
  return limit(project, 'proxy_read_timeout', 60, toSeconds)
}

/** The largest body of a request, in bytes; 0 is none. */
export function bodyLimit(project: Project): Limit {
  return limit(project, 'client_max_body_size', 1_048_576, toBytes)
}

/** What is set for the server counts before what is set for all of http. */
function limit(project: Project, name: string, standard: number, read: (text: string) => number) {
  const [found] = [...directives(project, serverFiles), ...directives(project, httpFiles)].filter(
    directive => directive.name === name
  )
  if (!found) return { value: standard, file: firstFile(project), line: 1 }
  return { value: read(found.args[0] ?? ''), file: found.file, line: found.line }
}

function firstFile(project: Project) {
  return pathsLike(project, httpFiles)[0] ?? '.platform/nginx/conf.d/10-app.conf'
}

export function directives(project: Project, files: RegExp): (Directive & { file: string })[] {
  return pathsLike(project, files).flatMap(file =>
    readNginx(project.texts.get(file) ?? '').map(directive => ({ ...directive, file }))
  )
}

const secondsOf: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }
const bytesOf: Record<string, number> = { k: 1024, m: 1_048_576, g: 1_073_741_824 }

/** `1m 30s`, `660s`, `660` */
function toSeconds(text: string): number {
  const parts = [...text.matchAll(/(\d+)(ms|[smhdw])?/g)]
  return parts.reduce((sum, [, n, unit = 's']) => sum + Number(n) * (secondsOf[unit] ?? 1), 0)
}

function toBytes(text: string): number {
  const [, n, unit = ''] = /^(\d+)([kmg])?$/i.exec(text) ?? []
  return Number(n) * (bytesOf[unit.toLowerCase()] ?? 1)
}
